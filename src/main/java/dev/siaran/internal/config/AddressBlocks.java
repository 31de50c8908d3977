package dev.siaran.internal.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A set of IP addresses, given as addresses and blocks of them ({@code 10.0.0.0/8}). */
public final class AddressBlocks {

    private static final String NONE = "none";
    private static final Pattern BITS = Pattern.compile("\\d{1,3}");

    private final List<Block> blocks;

    private AddressBlocks(List<Block> blocks) {
        this.blocks = blocks;
    }

    /**
     * Reads a list with commas between its elements; {@code none} for the empty set.
     *
     * @param key for the message
     * @throws IllegalArgumentException if an element is neither an address nor a block; the message shows which
     */
    public static AddressBlocks parse(String key, String list) {
        if (list.equalsIgnoreCase(NONE)) {
            return new AddressBlocks(List.of());
        }
        return new AddressBlocks(Stream.of(list.split(",", -1))
                .map(String::trim)
                .map(element -> Block.parse(element)
                        .orElseThrow(() -> Settings.refused(
                                key,
                                element,
                                "a list of addresses and blocks, such as 192.0.2.7, 10.0.0.0/8, fc00::/7, or " + NONE)))
                .toList());
    }

    /** Whether an address is in the set. */
    public boolean contains(IpAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    /** The addresses whose first bits, of 128, are these. */
    private record Block(IpAddress base, int bits) {

        static Optional<Block> parse(String text) {
            int slash = text.indexOf('/');
            Optional<IpAddress> base = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
            if (base.isEmpty()) {
                return Optional.empty();
            }
            int most = base.get().isVersion4() ? 32 : 128;
            String given = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
            if (!BITS.matcher(given).matches() || Integer.parseInt(given) > most) {
                return Optional.empty();
            }
            return Optional.of(new Block(base.get(), 128 - most + Integer.parseInt(given)));
        }

        boolean contains(IpAddress address) {
            return agree(base.high(), address.high(), Math.min(bits, 64))
                    && agree(base.low(), address.low(), Math.max(0, bits - 64));
        }

        private static boolean agree(long one, long other, int bits) {
            return bits == 0 || (one ^ other) >>> (64 - bits) == 0;
        }
    }
}
