package dev.siaran.internal.hub;

import dev.siaran.spi.StoredMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SSE id of a stream. With one channel it is the broker's id. With several it is the position in each:
 * {@code ~key~id~key~id}, where the key is a short hash of the channel's name, so that it holds when channels are added or
 * left out. A channel that had no event yet has the id {@code -}: the client is before the first.
 */
final class EventIds {

    private static final char SEPARATOR = '~';

    /** The longest id that is looked at; longer ones are nobody's. */
    private static final int MAX_LENGTH = 4096;

    private static final String BEFORE_THE_FIRST = "-";

    /** What a broker gives out ({@link StoredMessage#id}); empty for the place before the first. */
    private static final Pattern GIVEN_OUT = Pattern.compile("[A-Za-z0-9._-]{0,64}");

    private EventIds() {}

    /** Whether a client's id may be sent to it as an id. From a query parameter it may be any text, with line ends of its own. */
    static boolean isSendable(String id) {
        return GIVEN_OUT.matcher(id).matches();
    }

    /** An id as a client sees it. */
    static String shown(String id) {
        return id.isEmpty() ? BEFORE_THE_FIRST : id;
    }

    /**
     * What a client's last id says about each channel, in the order of the cursors.
     *
     * @return null where it says nothing; then that channel begins with what is new
     */
    static List<@Nullable String> parse(@Nullable String lastEventId, List<Cursor> cursors) {
        var ids = new ArrayList<@Nullable String>(cursors.size());
        for (Cursor cursor : cursors) {
            String id = lastEventId == null ? null : idOf(cursor.channel(), lastEventId, cursors.size() == 1);
            ids.add(BEFORE_THE_FIRST.equals(id) ? "" : id);
        }
        return ids;
    }

    private static @Nullable String idOf(Channel channel, String lastEventId, boolean alone) {
        boolean composite = !lastEventId.isEmpty() && lastEventId.charAt(0) == SEPARATOR;
        if (!composite || lastEventId.length() > MAX_LENGTH) {
            return lastEventId;
        }
        String marker = marker(channel.name());
        int start = lastEventId.indexOf(marker);
        if (start < 0) {
            return alone ? lastEventId : null;
        }
        int from = start + marker.length();
        int end = lastEventId.indexOf(SEPARATOR, from);
        return lastEventId.substring(from, end < 0 ? lastEventId.length() : end);
    }

    /** The id of a stream of several channels that has come to these ids, null where that is not known. */
    static String of(List<Cursor> cursors, @Nullable String[] ids) {
        var composite = new StringBuilder();
        for (int i = 0; i < ids.length; i++) {
            String id = ids[i];
            if (id != null) {
                composite.append(marker(cursors.get(i).channel().name())).append(shown(id));
            }
        }
        return composite.toString();
    }

    private static String marker(String channel) {
        return SEPARATOR + Integer.toString(channel.hashCode() & 0x7fffffff, 36) + SEPARATOR;
    }
}
