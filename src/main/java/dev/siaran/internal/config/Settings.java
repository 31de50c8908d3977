package dev.siaran.internal.config;

import dev.siaran.spi.BrokerSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Typed, validated reading of keys. A bad value is refused with one message: the key, the value, what is allowed. */
public final class Settings implements BrokerSettings {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*(B|KiB|MiB|GiB)?");
    private static final Pattern TIME = Pattern.compile("(\\d{1,12})\\s*(ms|s|m|h)");

    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z+]{0,9}://");

    private final ConfigSource source;

    private Settings(ConfigSource source) {
        this.source = source;
    }

    /** What the server offers: MicroProfile Config, else system properties and environment variables. */
    public static Settings ofServer() {
        return new Settings(ConfigSource.ofServer());
    }

    /** Fixed values. */
    public static Settings of(Map<String, String> values) {
        return new Settings(Map.copyOf(values)::get);
    }

    @Override
    public Optional<String> text(String key) {
        return Optional.ofNullable(source.get(key)).map(String::trim).filter(value -> !value.isEmpty());
    }

    @Override
    public String choice(String key, List<String> allowed) {
        String value = text(key).orElse(allowed.get(0)).toLowerCase(Locale.ROOT);
        if (!allowed.contains(value)) {
            throw refused(key, value, "one of " + String.join(", ", allowed));
        }
        return value;
    }

    @Override
    public int number(String key, int defaultValue, int min, int max) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return defaultValue;
        }
        String allowed = "a whole number from " + min + " to " + max;
        try {
            int number = Integer.parseInt(value.get());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw refused(key, value.get(), allowed);
        }
        throw refused(key, value.get(), allowed);
    }

    @Override
    public long bytes(String key, long defaultValue, long min, long max) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return defaultValue;
        }
        String allowed = "a size from " + min + " to " + max + " bytes, such as 65536, 64KiB or 4MiB";
        Matcher matcher = SIZE.matcher(value.get());
        if (!matcher.matches()) {
            throw refused(key, value.get(), allowed);
        }
        String unit = Optional.ofNullable(matcher.group(2)).orElse("B");
        int shift = 10 * List.of("B", "KiB", "MiB", "GiB").indexOf(unit);
        long number = Long.parseLong(matcher.group(1));
        long size = number > Long.MAX_VALUE >> shift ? Long.MAX_VALUE : number << shift;
        if (size < min || size > max) {
            throw refused(key, value.get(), allowed);
        }
        return size;
    }

    @Override
    public Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return defaultValue;
        }
        Optional<Duration> duration = parseDuration(value.get());
        if (duration.isEmpty()
                || duration.get().compareTo(min) < 0
                || duration.get().compareTo(max) > 0) {
            throw refused(
                    key,
                    value.get(),
                    "a duration from " + readable(min) + " to " + readable(max) + ", such as 500ms, 15s, 2m or PT15S");
        }
        return duration.get();
    }

    private static Optional<Duration> parseDuration(String value) {
        Matcher matcher = TIME.matcher(value);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        default -> Duration.ofHours(amount);
                    });
        }
        try {
            return Optional.of(Duration.parse(value));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String readable(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        return seconds % 3600 == 0 && seconds > 0
                ? seconds / 3600 + "h"
                : seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }

    @Override
    public URI uri(String key, String defaultValue, List<String> schemes) {
        String value = text(key).orElse(defaultValue);
        String allowed = "a URI that begins with " + String.join(":// or ", schemes) + "://, and names a server";
        try {
            URI uri = new URI(value);
            boolean reachable = uri.getHost() != null
                    || (uri.getPath() != null && uri.getPath().length() > 1);
            if (uri.getScheme() != null && schemes.contains(uri.getScheme().toLowerCase(Locale.ROOT)) && reachable) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw refused(key, withoutSecrets(value), allowed);
        }
        throw refused(key, withoutSecrets(value), allowed);
    }

    /** The scheme, if it looks like one, and nothing else: where a URI is malformed, any part of it may be a part of the password. */
    private static String withoutSecrets(String uri) {
        Matcher matcher = SCHEME.matcher(uri);
        String scheme = matcher.lookingAt() ? matcher.group() : "";
        return scheme.length() == uri.length() ? uri : scheme + "***";
    }

    /** The one form of every complaint about a value. */
    public static IllegalArgumentException refused(String key, String value, String allowed) {
        return new IllegalArgumentException(key + " is \"" + value + "\"; allowed is " + allowed);
    }
}
