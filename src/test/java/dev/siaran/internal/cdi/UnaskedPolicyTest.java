package dev.siaran.internal.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.ChannelPolicy;
import dev.siaran.SseRequest;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnaskedPolicyTest {

    private static class Forgotten implements ChannelPolicy {
        @Override
        public boolean authorize(SseRequest request, String channel) {
            return false;
        }
    }

    private abstract static class Base implements ChannelPolicy {}

    /** Knows of each type as many beans as these. */
    private static BeanManager beans(Bean<?>... beans) {
        return (BeanManager) Proxy.newProxyInstance(
                UnaskedPolicyTest.class.getClassLoader(), new Class<?>[] {BeanManager.class}, (proxy, method, args) -> {
                    assertEquals("getBeans", method.getName());
                    return Set.of(beans);
                });
    }

    private static Bean<?> bean() {
        return (Bean<?>) Proxy.newProxyInstance(
                UnaskedPolicyTest.class.getClassLoader(), new Class<?>[] {Bean.class}, (proxy, method, args) -> {
                    assertEquals("hashCode", method.getName());
                    return 1;
                });
    }

    @Test
    void aPolicyThatIsNoBeanIsNamedWithTheCure() {
        String problem = UnaskedPolicy.problem(Forgotten.class, beans()).orElseThrow();

        assertTrue(problem.startsWith(Forgotten.class.getName() + ": this policy forbids nothing"), problem);
        assertTrue(problem.contains("@ApplicationScoped"), problem);
    }

    @Test
    void aPolicyThatIsABeanIsFine() {
        assertEquals(Optional.empty(), UnaskedPolicy.problem(Forgotten.class, beans(bean())));
    }

    @Test
    void whatCannotBeABeanIsNotExpectedToBe() {
        assertEquals(Optional.empty(), UnaskedPolicy.problem(Base.class, beans()));
        assertEquals(Optional.empty(), UnaskedPolicy.problem(ChannelPolicy.class, beans()));
        assertEquals(Optional.empty(), UnaskedPolicy.problem(String.class, beans()));
    }
}
