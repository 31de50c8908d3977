package dev.siaran.internal.broker;

import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids where Redis gives none: the node's name, which is new with each start, and a counter over all channels. An id of
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

    public boolean isGivenOut(String id) {
        Matcher matcher = form.matcher(id);
        return matcher.matches() && Long.parseLong(matcher.group(1)) <= last.get();
    }
}
