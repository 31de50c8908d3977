package dev.siaran.internal.broker;

import dev.siaran.spi.History.Start;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids where the server gives none: the node's name, which is new with each start, and a counter over all channels. An id of
 * another node or from before a restart is known to be foreign, and the ids of two channels never meet.
 *
 * <p>Safe for use by many threads.
 */
public final class NodeIds {

    private final Pattern form;
    private final String prefix;
    private final AtomicLong last = new AtomicLong();

    public NodeIds(String node) {
        this.prefix = node + '-';
        this.form = Pattern.compile(Pattern.quote(prefix) + "([1-9][0-9]{0,17})");
    }

    public String next() {
        return prefix + last.incrementAndGet();
    }

    boolean isGivenOut(String id) {
        Matcher matcher = form.matcher(id);
        return matcher.matches() && Long.parseLong(matcher.group(1)) <= last.get();
    }

    /**
     * How a page of history would begin, where nothing keeps any. An id of another node counts as unknown, not as trimmed:
     * what this node holds is in part what the client has seen, and nothing tells which part.
     *
     * @param afterId what the client has seen last: may be anything
     * @param throughId the last id that is wanted, empty for no bound
     * @param last the id that the channel has given out last, empty if it has given none
     */
    public Start start(String afterId, String throughId, String last) {
        if (afterId.isEmpty()) {
            return Start.TRIMMED;
        }
        if (!isGivenOut(afterId)) {
            return Start.UNKNOWN;
        }
        return afterId.equals(throughId) || afterId.equals(last) ? Start.COMPLETE : Start.TRIMMED;
    }
}
