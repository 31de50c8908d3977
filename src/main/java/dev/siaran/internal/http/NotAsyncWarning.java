package dev.siaran.internal.http;

import dev.siaran.internal.config.ChannelNames;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Says once in an application that its streams pass a filter that is not asynchronous, and what to do about it. */
final class NotAsyncWarning {

    private static final Logger LOG = System.getLogger(NotAsyncWarning.class.getName());

    private final AtomicBoolean told = new AtomicBoolean();

    void tell(HttpServletRequest request) {
        if (told.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    ChannelNames.visible(request.getRequestURI())
                            + ": a servlet filter in front of this stream is not asynchronous, so each such"
                            + " stream keeps a thread of the server, and more than " + SiaranFilter.MOST_HELD
                            + " at a time are refused with 503. Add asyncSupported = true to the @WebFilter, or"
                            + " <async-supported>true</async-supported> to the <filter> in web.xml, of the one that is"
                            + " it: " + String.join(", ", others(request)));
        }
    }

    /** A registration does not tell whether its filter is asynchronous, so all are named. */
    private static List<String> others(HttpServletRequest request) {
        return request.getServletContext().getFilterRegistrations().values().stream()
                .map(FilterRegistration::getClassName)
                .filter(name -> !name.startsWith(NotAsyncWarning.class.getPackageName()))
                .distinct()
                .sorted()
                .toList();
    }
}
