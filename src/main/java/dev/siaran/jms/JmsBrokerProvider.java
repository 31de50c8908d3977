package dev.siaran.jms;

import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerProvider;
import dev.siaran.spi.BrokerSettings;
import java.util.function.Supplier;

/**
 * The broker for many nodes over a topic of Jakarta Messaging 3: {@code siaran.broker=jms}. Needs an application server that
 * has Jakarta Messaging, and no library.
 *
 * <p>Safe for use by many threads.
 *
 * @since 0.1
 */
public final class JmsBrokerProvider implements BrokerProvider {

    private static final String API = "jakarta.jms.ConnectionFactory";

    /** For {@link java.util.ServiceLoader}. */
    public JmsBrokerProvider() {}

    @Override
    public String name() {
        return "jms";
    }

    /**
     * Also looks up the connection factory and the topic: here is the application's naming context, which the threads of the
     * broker have not.
     */
    @Override
    public Supplier<Broker> configure(BrokerSettings settings) {
        requireApi();
        JmsSettings read = JmsSettings.read(settings);
        JmsResources resources = JmsResources.lookUp(read);
        return () -> JmsBroker.open(read, resources, Beats.INTERVAL);
    }

    private static void requireApi() {
        try {
            Class.forName(API, false, JmsBrokerProvider.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(
                    "siaran.broker is \"jms\", which needs Jakarta Messaging, and this server has none: start WildFly with"
                            + " --server-config=standalone-full.xml, use the full Payara Server instead of its Web Profile,"
                            + " or choose another broker",
                    e);
        }
    }
}
