package dev.siaran.it.load;

import java.util.Arrays;

/**
 * Reads an event stream as it comes, cut anywhere. Of the data it reads two numbers, the
 * sequence and the stamp, that it begins with; an event counts at its blank line, as in a browser. Lines end with LF or CRLF.
 *
 * <p>For one thread.
 */
final class EventParser {

    private static final int MAX_ID = 128;
    private static final int NAME = 0;
    private static final int SPACE = 1;
    private static final int TYPE = 2;
    private static final int ID = 3;
    private static final int SEQUENCE = 4;
    private static final int STAMP = 5;
    private static final int RETRY = 6;
    private static final int REST = 7;

    private static final int NAME_DATA = "data".hashCode();
    private static final int NAME_EVENT = "event".hashCode();
    private static final int NAME_ID = "id".hashCode();
    private static final int NAME_RETRY = "retry".hashCode();
    private static final int TYPE_GAP = "gap".hashCode();

    private final StreamListener listener;

    // The line
    private int state = NAME;
    private int name;
    private boolean empty = true;

    // The event
    private int type;
    private boolean data;
    private boolean numbered;
    private long sequence;
    private long stamp;
    private long retry;
    private byte[] id = new byte[32];
    private int idLength;

    // The stream
    private byte[] lastId = new byte[32];
    private int lastIdLength;

    EventParser(StreamListener listener) {
        this.listener = listener;
    }

    /** The id of the last event that was complete; empty if none had one. */
    byte[] lastId() {
        return Arrays.copyOf(lastId, lastIdLength);
    }

    /** Takes the next bytes. */
    void parse(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            if (state == REST) {
                while (i < to && bytes[i] != '\n') {
                    i++;
                }
                if (i == to) {
                    return;
                }
            }
            byte b = bytes[i++];
            if (b == '\n') {
                endLine();
            } else if (b != '\r') {
                empty = false;
                take(b);
            }
        }
    }

    private void take(byte b) {
        switch (state) {
            case NAME -> {
                if (b == ':') {
                    state = SPACE;
                } else {
                    name = name * 31 + b;
                }
            }
            case SPACE -> {
                state = valueState();
                if (b != ' ') {
                    take(b);
                }
            }
            case TYPE -> type = type * 31 + b;
            case ID -> takeId(b);
            case SEQUENCE -> {
                if (isDigit(b)) {
                    sequence = sequence * 10 + (b - '0');
                } else {
                    state = b == ' ' ? STAMP : REST;
                }
            }
            case STAMP -> {
                if (isDigit(b)) {
                    stamp = stamp * 10 + (b - '0');
                    numbered = true;
                } else {
                    state = REST;
                }
            }
            case RETRY -> retry = retry * 10 + (b - '0');
            default -> state = REST;
        }
    }

    private int valueState() {
        if (name == NAME_DATA) {
            boolean first = !data;
            data = true;
            return first ? SEQUENCE : REST;
        }
        if (name == NAME_ID) {
            idLength = 0;
            return ID;
        }
        if (name == NAME_RETRY) {
            retry = 0;
            return RETRY;
        }
        return name == NAME_EVENT ? TYPE : REST;
    }

    private void takeId(byte b) {
        if (idLength == id.length && idLength < MAX_ID) {
            id = Arrays.copyOf(id, MAX_ID);
            lastId = Arrays.copyOf(lastId, MAX_ID);
        }
        if (idLength < id.length) {
            id[idLength++] = b;
        }
    }

    private void endLine() {
        if (empty) {
            dispatch();
        } else if (state == RETRY) {
            listener.retry(retry);
        }
        state = NAME;
        name = 0;
        empty = true;
    }

    private void dispatch() {
        if (idLength > 0) {
            byte[] swap = lastId;
            lastId = id;
            lastIdLength = idLength;
            id = swap;
            idLength = 0;
        }
        if (type == TYPE_GAP) {
            listener.gap();
        } else if (numbered) {
            listener.event(sequence, stamp);
        }
        type = 0;
        data = false;
        numbered = false;
        sequence = 0;
        stamp = 0;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
