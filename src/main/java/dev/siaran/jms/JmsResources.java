package dev.siaran.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Topic;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.NoInitialContextException;

/** What the server has for this broker, by the names of the settings. */
record JmsResources(ConnectionFactory factory, Topic topic) {

    private static final String CREATE_FACTORY =
            "start WildFly with --server-config=standalone-full.xml, or name a factory" + " that the server has";

    private static final String CREATE_TOPIC =
            "create it, on WildFly with jboss-cli.sh --connect \"jms-topic add --topic-address=siaran"
                    + " --entries=[java:/jms/siaran]\", on Payara and GlassFish with asadmin create-jms-resource"
                    + " --restype jakarta.jms.Topic --property Name=siaran jms/siaran";

    /**
     * Looks up both, on a thread with the application's naming context.
     *
     * @throws IllegalStateException if one is missing or is something else; the message names the key, the value, and what
     *     to do
     */
    static JmsResources lookUp(JmsSettings settings) {
        return new JmsResources(
                lookUp(
                        JmsSettings.CONNECTION_FACTORY,
                        settings.connectionFactory(),
                        ConnectionFactory.class,
                        CREATE_FACTORY),
                lookUp(JmsSettings.TOPIC, settings.topic(), Topic.class, CREATE_TOPIC));
    }

    @SuppressWarnings("BanJNDI") // a name that the one who deploys has chosen
    private static <T> T lookUp(String key, String name, Class<T> type, String advice) {
        String about = key + " is \"" + name + "\"";
        Object found;
        try {
            Context naming = new InitialContext();
            found = naming.lookup(name);
        } catch (NoInitialContextException e) {
            throw new IllegalStateException(
                    about + ", and there is no JNDI to look it up in: siaran.broker=jms needs an application server",
                    e);
        } catch (NamingException e) {
            throw new IllegalStateException(about + ", and the server has nothing of that name: " + advice, e);
        }
        if (!type.isInstance(found)) {
            String actual = found == null ? "nothing" : found.getClass().getName();
            throw new IllegalStateException(
                    about + ", which is no " + type.getName() + " but " + actual + ": " + advice);
        }
        return type.cast(found);
    }
}
