package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.BrokerProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class RedisBrokerProviderTest {

    @Test
    void bothBrokersAreFoundByTheirNames() {
        List<String> names = StreamSupport.stream(
                        ServiceLoader.load(BrokerProvider.class).spliterator(), false)
                .map(BrokerProvider::name)
                .toList();
        assertTrue(names.containsAll(List.of("memory", "redis")), names::toString);
    }

    @Test
    void aMissingClientIsNamed() throws Exception {
        // given: a class path without Jedis
        var provider = (BrokerProvider) new WithoutJedis()
                .loadClass(RedisBrokerProvider.class.getName())
                .getConstructor()
                .newInstance();

        // when
        var failure = assertThrows(IllegalStateException.class, () -> provider.configure(Settings.of(Map.of())));

        // then
        assertEquals("redis", provider.name());
        assertTrue(failure.getMessage().contains("redis.clients:jedis"), failure.getMessage());
    }

    /** Loads this package anew, and has no Jedis for it. */
    private static final class WithoutJedis extends ClassLoader {

        WithoutJedis() {
            super(WithoutJedis.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("redis.clients.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.siaran.redis.")) {
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
