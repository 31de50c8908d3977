package dev.siaran.internal.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.siaran.internal.config.Digests;
import dev.siaran.internal.config.SiaranConfig;
import dev.siaran.internal.wire.FrameBuffer;
import dev.siaran.spi.StoredMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The SSE id of a stream. With one channel it is the broker's id. With several it is the position in each:
 * {@code ~key~id~key~id}, where the key is a short hash of the channel's name, so that it holds when channels are added or
 * left out. It has 48 bits: no two channels of a stream have the same. A channel that had no event yet has the id {@code -}: the
 * client is before the first.
 */
final class EventIds {

    private static final char SEPARATOR = '~';

    /** The longest id that a broker gives out ({@link StoredMessage#id}). */
    private static final int LONGEST_OF_BROKER = 64;

    /** Characters of a channel's key, of 6 bits each. */
    private static final int KEY_LENGTH = 8;

    /** The longest id that is looked at, and the longest that a stream can have; longer ones are nobody's. */
    static final int MAX_LENGTH = SiaranConfig.MOST_CHANNELS_PER_STREAM * (2 + KEY_LENGTH + LONGEST_OF_BROKER);

    private static final String BEFORE_THE_FIRST = "-";

    /** What a broker gives out; empty for the place before the first. */
    private static final Pattern GIVEN_OUT = Pattern.compile("[A-Za-z0-9._-]{0," + LONGEST_OF_BROKER + "}");

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
        Map<String, String> places = lastEventId == null ? null : places(lastEventId, cursors);
        var ids = new ArrayList<@Nullable String>(cursors.size());
        for (Cursor cursor : cursors) {
            String id =
                    places == null ? lastEventId : places.get(cursor.channel().marker());
            ids.add(BEFORE_THE_FIRST.equals(id) ? "" : id);
        }
        return ids;
    }

    /** The places by what marks their channels; null if the id is not made of any, or of those of other channels only. */
    private static @Nullable Map<String, String> places(String id, List<Cursor> cursors) {
        if (id.isEmpty() || id.charAt(0) != SEPARATOR || id.length() > MAX_LENGTH) {
            return null;
        }
        var places = new HashMap<String, String>();
        for (int start = 0; start >= 0; ) {
            int middle = id.indexOf(SEPARATOR, start + 1);
            if (middle < 0) {
                break;
            }
            int end = id.indexOf(SEPARATOR, middle + 1);
            places.putIfAbsent(id.substring(start, middle + 1), id.substring(middle + 1, end < 0 ? id.length() : end));
            start = end;
        }
        return cursors.stream()
                        .anyMatch(cursor -> places.containsKey(cursor.channel().marker()))
                ? places
                : null;
    }

    /** The id of a stream of several channels that has come to these ids, null where that is not known. */
    static String of(List<Cursor> cursors, @Nullable String[] ids) {
        var id = new FrameBuffer();
        put(id, cursors, ids);
        return new String(id.take(), US_ASCII);
    }

    /** The same, into a frame. */
    static void put(FrameBuffer frames, List<Cursor> cursors, @Nullable String[] ids) {
        for (int i = 0; i < ids.length; i++) {
            String id = ids[i];
            if (id != null) {
                frames.put(cursors.get(i).channel().marker());
                frames.put(shown(id));
            }
        }
    }

    /** What stands before the place in a channel: its key, between separators. */
    static String marker(String channel) {
        return SEPARATOR + Digests.sha256(channel).substring(0, KEY_LENGTH) + SEPARATOR;
    }
}
