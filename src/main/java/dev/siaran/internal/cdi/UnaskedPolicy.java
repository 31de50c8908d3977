package dev.siaran.internal.cdi;

import dev.siaran.ChannelPolicy;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Modifier;
import java.util.Optional;

/** A {@link ChannelPolicy} that looks as if it were asked, and is not: it forbids nothing. */
final class UnaskedPolicy {

    private UnaskedPolicy() {}

    /** What is wrong with a class that implements the interface; empty if it is a bean, or none can be made of it. */
    static Optional<String> problem(Class<?> type, BeanManager beans) {
        boolean cannotBe = type.isInterface() || Modifier.isAbstract(type.getModifiers()) || type.isAnonymousClass();
        return !ChannelPolicy.class.isAssignableFrom(type)
                        || cannotBe
                        || !beans.getBeans(type, Any.Literal.INSTANCE).isEmpty()
                ? Optional.empty()
                : Optional.of(type.getName()
                        + ": this policy forbids nothing, because it is no CDI bean, and so is never asked. Give it a scope, such as"
                        + " @ApplicationScoped; if a producer makes it, let that return this class");
    }
}
