package dev.siaran.jms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.BrokerProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is missing fails the deployment, with what to do about it. */
class JmsBrokerProviderTest {

    private static final MessagingResources NAMES = new MessagingResources();

    @BeforeEach
    void setNaming() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Naming.class.getName());
        NAMES.bound.clear();
    }

    @AfterEach
    void resetNaming() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    /** What is bound in the naming of this test. */
    private static final class MessagingResources {
        final Map<String, Object> bound = new HashMap<>();
    }

    /** A naming service that has only this. Public for JNDI. */
    public static final class Naming implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) throws NamingException {
                    Object found = NAMES.bound.get(name);
                    if (found == null) {
                        throw new NameNotFoundException(name);
                    }
                    return found;
                }
            };
        }
    }

    private static String refusal(Map<String, String> settings) {
        return assertThrows(IllegalStateException.class, () -> new JmsBrokerProvider().configure(Settings.of(settings)))
                .getMessage();
    }

    private static void bind(JmsResources resources) {
        NAMES.bound.put(JmsSettings.DEFAULT_CONNECTION_FACTORY, resources.factory());
        NAMES.bound.put(JmsSettings.DEFAULT_TOPIC, resources.topic());
    }

    @Test
    void theDefaultNamesNeedNoSettings() throws Exception {
        try (MessagingServer server = MessagingServer.start()) {
            bind(server.resources());
            assertNotNull(new JmsBrokerProvider().configure(Settings.of(Map.of())));
        }
    }

    @Test
    void aMissingFactoryIsNamed() {
        assertEquals(
                "siaran.jms.connection-factory is \"jms/none\", and the server has nothing of that name: start WildFly with"
                        + " --server-config=standalone-full.xml, or name a factory that the server has",
                refusal(Map.of("siaran.jms.connection-factory", "jms/none")));
    }

    @Test
    void aMissingTopicIsNamedWithTheCommandsThatCreateIt() throws Exception {
        try (MessagingServer server = MessagingServer.start()) {
            bind(server.resources());
            NAMES.bound.remove("jms/siaran");
            assertEquals(
                    "siaran.jms.topic is \"jms/siaran\", and the server has nothing of that name: create it, on WildFly with"
                            + " jboss-cli.sh --connect \"jms-topic add --topic-address=siaran --entries=[java:/jms/siaran]\","
                            + " on Payara and GlassFish with asadmin create-jms-resource --restype jakarta.jms.Topic"
                            + " --property Name=siaran jms/siaran",
                    refusal(Map.of()));
        }
    }

    @Test
    void somethingElseInThePlaceOfTheTopicIsNamed() throws Exception {
        try (MessagingServer server = MessagingServer.start()) {
            bind(server.resources());
            NAMES.bound.put("jms/siaran", "a queue");
            String message = refusal(Map.of());
            assertEquals(
                    "siaran.jms.topic is \"jms/siaran\", which is no jakarta.jms.Topic but java.lang.String",
                    message.substring(0, message.indexOf(": create it")));
        }
    }

    @Test
    void withoutNamingItSaysSo() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
        assertEquals(
                "siaran.jms.connection-factory is \"java:comp/DefaultJMSConnectionFactory\", and there is no JNDI to look it up"
                        + " in: siaran.broker=jms needs an application server",
                refusal(Map.of()));
    }

    @Test
    void aServerWithoutMessagingIsTold() throws Exception {
        // given: a class path without the API
        var provider = (BrokerProvider) new WithoutMessaging()
                .loadClass(JmsBrokerProvider.class.getName())
                .getConstructor()
                .newInstance();

        // when
        var failure = assertThrows(IllegalStateException.class, () -> provider.configure(Settings.of(Map.of())));

        // then
        assertEquals("jms", provider.name());
        assertEquals(
                "siaran.broker is \"jms\", which needs Jakarta Messaging, and this server has none: start WildFly with"
                        + " --server-config=standalone-full.xml, use the full Payara Server instead of its Web Profile, or"
                        + " choose another broker",
                failure.getMessage());
    }

    /** Loads this package anew, and has no Jakarta Messaging for it. */
    private static final class WithoutMessaging extends ClassLoader {

        WithoutMessaging() {
            super(WithoutMessaging.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.jms.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.siaran.jms.")) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
