package dev.siaran.it.app;

import dev.siaran.ChannelPolicy;
import dev.siaran.SseRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Nobody may listen to what is embargoed, on any stream, but readers; nobody at all to what is undecided. */
@ApplicationScoped
public class EmbargoPolicy implements ChannelPolicy {

    @Override
    public boolean authorize(SseRequest request, String channel) {
        if (channel.equals("undecided")) {
            throw new IllegalStateException("who may listen is not known");
        }
        return !channel.startsWith("embargoed") || request.isUserInRole("reader");
    }
}
