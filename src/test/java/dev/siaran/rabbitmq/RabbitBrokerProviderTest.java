package dev.siaran.rabbitmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.BrokerProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RabbitBrokerProviderTest {

    @Test
    void theBrokerIsFoundByItsName() {
        assertTrue(ServiceLoader.load(BrokerProvider.class).stream()
                .anyMatch(provider -> provider.get().name().equals("rabbitmq")));
    }

    @Test
    void aMissingClientIsNamed() throws Exception {
        // given: a class path without the client
        var provider = (BrokerProvider) new WithoutClient()
                .loadClass(RabbitBrokerProvider.class.getName())
                .getConstructor()
                .newInstance();

        // when
        var failure = assertThrows(IllegalStateException.class, () -> provider.configure(Settings.of(Map.of())));

        // then
        assertEquals("rabbitmq", provider.name());
        assertTrue(failure.getMessage().contains("com.rabbitmq:amqp-client"), failure.getMessage());
    }

    /** Loads this package anew, and has no client for it. */
    private static final class WithoutClient extends ClassLoader {

        WithoutClient() {
            super(WithoutClient.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("com.rabbitmq.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.siaran.rabbitmq.")) {
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
