package dev.siaran.internal.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Registers the filters, first and last in the chain, and who hears of the end of sessions, in every web application that has the library. */
public final class SiaranInitializer implements ServletContainerInitializer {

    /** For the container. */
    public SiaranInitializer() {}

    @Override
    public void onStartup(Set<Class<?>> classes, ServletContext context) {
        context.addListener(SessionStreams.class);
        register(context.addFilter("siaran-first", FirstFilter.class), false);
        register(context.addFilter("siaran", SiaranFilter.class), true);
    }

    /** Null is for a filter that somebody has registered before. */
    private static void register(FilterRegistration.@Nullable Dynamic filter, boolean afterOthers) {
        if (filter != null) {
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), afterOthers, "/*");
        }
    }
}
