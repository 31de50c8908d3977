package dev.siaran.it.visitors;

import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Reads the responses of one connection, one after the other, and gives each byte to the answer that it belongs to. For the loop's
 * thread.
 */
final class Responses {

    private static final int MAX_HEAD = 16 << 10;

    private enum State {
        HEAD,
        CHUNK_SIZE,
        CHUNK_EXTENSION,
        CHUNK,
        CHUNK_END,
        TRAILER,
        COUNTED,
        UNTIL_CLOSE
    }

    private final Queue<Answer> waiting = new ArrayDeque<>();
    private final Consumer<Answer> onHead;
    private final Consumer<Answer> onEnd;
    private final StringBuilder head = new StringBuilder();

    private State state = State.HEAD;
    private long left;
    private int lineLength;

    Responses(Consumer<Answer> onHead, Consumer<Answer> onEnd) {
        this.onHead = onHead;
        this.onEnd = onEnd;
    }

    /** One more response is to come. */
    void expect(Answer answer) {
        waiting.add(answer);
    }

    /** What is to come next, null if nothing is. */
    Answer next() {
        return waiting.peek();
    }

    /** Takes bytes; those after the end of one response are of the next. */
    void parse(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            Answer answer = waiting.peek();
            if (answer == null) {
                throw new Fault("bytes that nobody has asked for");
            }
            answer.take(bytes[i]);
            switch (state) {
                case CHUNK, COUNTED, UNTIL_CLOSE -> body(answer, bytes[i]);
                default -> take(answer, (char) (bytes[i] & 0xff));
            }
        }
    }

    private void body(Answer answer, byte b) {
        answer.body(b);
        left--;
        if (left == 0 && state == State.CHUNK) {
            state = State.CHUNK_END;
        } else if (left == 0 && state == State.COUNTED) {
            end();
        }
    }

    private void take(Answer answer, char c) {
        switch (state) {
            case HEAD -> {
                head.append(c);
                if (head.length() > MAX_HEAD) {
                    throw new Fault("a head without an end");
                }
                if (c == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
                    endHead(answer);
                }
            }
            case CHUNK_SIZE -> {
                int digit = Character.digit(c, 16);
                if (digit >= 0) {
                    left = left * 16 + digit;
                } else {
                    state = State.CHUNK_EXTENSION;
                    take(answer, c);
                }
            }
            case CHUNK_EXTENSION -> {
                if (c == '\n') {
                    lineLength = 0;
                    state = left == 0 ? State.TRAILER : State.CHUNK;
                }
            }
            case CHUNK_END -> {
                if (c == '\n') {
                    state = State.CHUNK_SIZE;
                }
            }
            default -> {
                lineLength++;
                if (c == '\n' && lineLength <= 2) {
                    end();
                } else if (c == '\n') {
                    lineLength = 0;
                }
            }
        }
    }

    private void endHead(Answer answer) {
        String text = head.toString().toLowerCase(Locale.ROOT);
        head.setLength(0);
        if (!text.startsWith("http/1.1 ")) {
            throw new Fault("no head of a response: " + text);
        }
        answer.head(Integer.parseInt(text, 9, 12, 10));
        int counted = text.indexOf("\r\ncontent-length:");
        left = 0;
        if (text.contains("\r\ntransfer-encoding: chunked")) {
            state = State.CHUNK_SIZE;
        } else if (counted >= 0) {
            state = State.COUNTED;
            int begin = text.indexOf(':', counted) + 1;
            left = Long.parseLong(
                    text.substring(begin, text.indexOf('\r', begin)).trim());
        } else {
            state = State.UNTIL_CLOSE;
        }
        onHead.accept(answer);
        if (state == State.COUNTED && left == 0) {
            end();
        }
    }

    private void end() {
        Answer answer = waiting.remove();
        state = State.HEAD;
        left = 0;
        answer.end();
        onEnd.accept(answer);
    }
}
