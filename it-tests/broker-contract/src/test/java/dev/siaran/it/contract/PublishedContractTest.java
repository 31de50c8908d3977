package dev.siaran.it.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siaran.memory.MemoryBrokerProvider;
import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerContractTest;
import dev.siaran.spi.BrokerSettings;
import dev.siaran.spi.History;
import dev.siaran.spi.History.Start;
import java.lang.reflect.Proxy;
import java.util.List;

/** The contract test in a project that has nothing but what is published, on a broker that it reaches by its provider. */
class PublishedContractTest extends BrokerContractTest {

    /** For a broker that has none. */
    private static final BrokerSettings NO_SETTINGS = (BrokerSettings) Proxy.newProxyInstance(
            BrokerSettings.class.getClassLoader(), new Class<?>[] {BrokerSettings.class}, (proxy, method, args) -> {
                throw new AssertionError("the memory broker reads " + args[0]);
            });

    @Override
    protected Broker openNode() {
        return new MemoryBrokerProvider().configure(NO_SETTINGS).get();
    }

    @Override
    protected Broker openForgetfulNode() {
        return openNode();
    }

    @Override
    protected int nodes() {
        return 1;
    }

    @Override
    protected void assertPage(List<String> expectedIds, History page) {
        assertEquals(History.empty(Start.TRIMMED), page);
    }

    @Override
    protected void assertTrimmedPage(String lastId, History page) {
        assertEquals(History.empty(Start.TRIMMED), page);
    }
}
