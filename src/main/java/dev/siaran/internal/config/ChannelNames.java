package dev.siaran.internal.config;

/**
 * What a channel may be called: 1 to 200 characters, so that a name is safe in a log, in a path and in a broker. Not allowed are
 * control characters and line separators, what is no Unicode (half a surrogate pair would become the same byte as any other),
 * {@code * ? [ ] \}, with which Redis writes patterns, and two dots in a row.
 */
public final class ChannelNames {

    /** The longest channel name, in characters. */
    public static final int MAX_LENGTH = 200;

    private static final String PATTERN_CHARACTERS = "*?[]\\";

    private ChannelNames() {}

    /**
     * Returns the name if it may be used.
     *
     * @param field what the caller calls the value, for the message
     * @throws IllegalArgumentException if it may not; the message shows the value, and says what is allowed
     */
    public static String check(String field, String name) {
        if (name.isEmpty()
                || name.length() > MAX_LENGTH
                || name.contains("..")
                || name.codePoints()
                        .anyMatch(point -> isUnprintable(point) || PATTERN_CHARACTERS.indexOf(point) >= 0)) {
            throw Settings.refused(
                    field,
                    visible(name),
                    "a name of 1 to " + MAX_LENGTH + " characters without control characters, * ? [ ] \\ and ..");
        }
        return name;
    }

    static String singleLine(String field, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw Settings.refused(field, visible(value), "text without control characters");
        }
        return value;
    }

    private static boolean isUnprintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    /** The value as it may stand in a log: shortened, with what is unprintable replaced. */
    public static String visible(String value) {
        String shown = value.length() > 60 ? value.substring(0, 60) + "..." : value;
        return shown.codePoints()
                .map(point -> isUnprintable(point) ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
