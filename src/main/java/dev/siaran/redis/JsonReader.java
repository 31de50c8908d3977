package dev.siaran.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259) one token after the other, as far as {@link EventPair} needs it. Used by one thread. */
final class JsonReader {

    /** The text is not what was asked for. Has no message: only that it happened counts. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        Malformed() {
            super(null, null, false, false);
        }
    }

    private final CharSequence text;
    private int at;

    JsonReader(CharSequence text) {
        this.text = text;
    }

    /** Whether the next token begins with this. */
    boolean isNext(char first) {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at < text.length() && text.charAt(at) == first;
    }

    void expect(char token) throws Malformed {
        if (!isNext(token)) {
            throw new Malformed();
        }
        at++;
    }

    void expectEnd() throws Malformed {
        if (isNext('\0') || at < text.length()) {
            throw new Malformed();
        }
    }

    /** The literal {@code null}. */
    @Nullable
    String nothing() throws Malformed {
        for (int i = 0; i < 4; i++) {
            if (next() != "null".charAt(i)) {
                throw new Malformed();
            }
        }
        return null;
    }

    List<String> strings() throws Malformed {
        List<String> strings = new ArrayList<>();
        expect('[');
        if (!isNext(']')) {
            strings.add(string());
            while (isNext(',')) {
                at++;
                strings.add(string());
            }
        }
        expect(']');
        return strings;
    }

    String string() throws Malformed {
        expect('"');
        var value = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw new Malformed();
            }
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() throws Malformed {
        char c = next();
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) (hex() << 12 | hex() << 8 | hex() << 4 | hex());
            default -> throw new Malformed();
        };
    }

    private int hex() throws Malformed {
        char c = next();
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
            throw new Malformed();
        }
        return digit;
    }

    private char next() throws Malformed {
        if (at >= text.length()) {
            throw new Malformed();
        }
        return text.charAt(at++);
    }
}
