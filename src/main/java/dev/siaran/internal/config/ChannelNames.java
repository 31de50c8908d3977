package dev.siaran.internal.config;

/** What a channel may be called: 1 to 200 characters, none of them a control character. */
public final class ChannelNames {

    /** The longest channel name, in characters. */
    public static final int MAX_LENGTH = 200;

    private ChannelNames() {}

    /**
     * Returns the name if it may be used.
     *
     * @param field what the caller calls the value, for the message
     * @throws IllegalArgumentException if it is empty, too long or has a control character
     */
    public static String check(String field, String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH || hasControl(name)) {
            throw Settings.refused(
                    field, visible(name), "a name of 1 to " + MAX_LENGTH + " characters without control characters");
        }
        return name;
    }

    static String singleLine(String field, String value) {
        if (hasControl(value)) {
            throw Settings.refused(field, visible(value), "text without control characters");
        }
        return value;
    }

    private static boolean hasControl(String value) {
        return value.chars().anyMatch(Character::isISOControl);
    }

    /** The value as it may stand in a log: shortened, with control characters replaced. */
    private static String visible(String value) {
        String shown = value.length() > 60 ? value.substring(0, 60) + "..." : value;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
