package dev.siaran.redis;

/**
 * The names in Redis. What belongs to one channel carries the same hash tag, so that it shares one slot of a cluster:
 * <pre>
 * siaran:{news}        stream: the log; and the pub/sub channel
 * siaran:{news}:seq    hash: the last sequence number of each publisher
 * siaran:node:abc:0    pub/sub channel: the canary of a node on a shard
 * siaran:epoch         string: made up when missing, so that a server that lost its data is known
 * siaran:epoch:{5}     the same in a cluster, one on each shard
 * </pre>
 *
 * @param prefix what every name begins with
 */
record Keys(String prefix) {

    /** The stream that keeps a channel, and the pub/sub channel that announces it. */
    String log(String channel) {
        return prefix + '{' + tag(channel) + '}';
    }

    String sequences(String channel) {
        return log(channel) + ":seq";
    }

    String canary(String node, int shard) {
        return prefix + "node:" + node + ':' + shard;
    }

    String epoch() {
        return prefix + "epoch";
    }

    /** A hash tag must not be empty, and one that begins with a brace would be. */
    private static String tag(String channel) {
        return channel.startsWith("}") || channel.startsWith("%")
                ? String.format("%%%02X", (int) channel.charAt(0)) + channel.substring(1)
                : channel;
    }
}
