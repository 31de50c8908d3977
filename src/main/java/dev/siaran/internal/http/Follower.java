package dev.siaran.internal.http;

import dev.siaran.internal.hub.SlowPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a resource says about a client that wants to follow channels. Asked on the thread of the client's request. */
public interface Follower {

    /** The channels; none is the default channel. */
    List<String> channels();

    /** Whether the client may listen to one of them. */
    boolean isAdmitted(String channel);

    /** The id of the last event that the client has seen. */
    @Nullable
    String lastEventId();

    /** What becomes of it if it is slow. */
    SlowPolicy slowPolicy();
}
