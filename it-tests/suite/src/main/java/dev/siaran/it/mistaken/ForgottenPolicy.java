package dev.siaran.it.mistaken;

import dev.siaran.ChannelPolicy;
import dev.siaran.SseRequest;

/** Would let nobody listen to anything, if it had a scope. */
public class ForgottenPolicy implements ChannelPolicy {

    @Override
    public boolean authorize(SseRequest request, String channel) {
        return false;
    }
}
