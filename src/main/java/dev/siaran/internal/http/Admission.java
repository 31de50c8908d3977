package dev.siaran.internal.http;

import dev.siaran.internal.config.ChannelNames;
import dev.siaran.internal.config.PrivateChannels;
import jakarta.ws.rs.WebApplicationException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * Decides, before a stream opens, whether its caller may listen to each of its channels. One that is refused refuses the whole
 * stream, and so does anything that goes wrong.
 *
 * @param maxChannels how many channels a stream may have
 * @param privateChannels whether a channel {@code user/...} is for that user alone
 */
record Admission(int maxChannels, boolean privateChannels) {

    private static final Logger LOG = System.getLogger(Admission.class.getName());

    /**
     * Returns if every channel is allowed.
     *
     * @throws WebApplicationException with 400 for too many channels or a name that no channel has, 401 or 403 for a channel that the caller may not
     *     listen to, 500 if it cannot be told
     */
    void check(Caller caller, Follower follower, List<String> channels) {
        if (channels.size() > maxChannels) {
            throw Refusal.badRequest("A stream of " + channels.size() + " channels; allowed are at most " + maxChannels
                    + " (siaran.max-channels-per-stream)");
        }
        channels.forEach(Admission::checkName);
        for (String channel : channels) {
            if (!isOwn(caller, channel) || !isAdmitted(follower, channel)) {
                LOG.log(
                        Level.DEBUG,
                        () -> channel + ": refused to " + ChannelNames.visible(String.valueOf(caller.user())));
                throw Refusal.notAllowed(caller);
            }
        }
    }

    private static void checkName(String channel) {
        try {
            ChannelNames.check("channel", channel);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private boolean isOwn(Caller caller, String channel) {
        if (!privateChannels || !PrivateChannels.isPrivate(channel)) {
            return true;
        }
        String user = caller.user();
        return user != null && !user.isEmpty() && channel.equals(PrivateChannels.of(user));
    }

    private static boolean isAdmitted(Follower follower, String channel) {
        try {
            return follower.isAdmitted(channel);
        } catch (WebApplicationException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, channel + ": nobody may listen, because who may could not be decided", e);
            throw Refusal.undecided("listen", e);
        }
    }
}
