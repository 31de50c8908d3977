package dev.siaran.jms;

import dev.siaran.spi.Broker;
import dev.siaran.spi.DeliveryContractTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract without shared ids. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JmsBrokerTest extends DeliveryContractTest {

    private MessagingServer server;

    @BeforeAll
    void start() throws Exception {
        server = MessagingServer.start();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Override
    protected Broker openNode() {
        return MessagingServer.node(server.resources());
    }

    @Override
    protected int nodes() {
        return 2;
    }

    @Override
    protected boolean ordersWhatSeveralNodesPublish() {
        return false;
    }

    @Override
    protected boolean isOfServer(Thread thread) {
        return MessagingServer.isItsThread(thread);
    }
}
