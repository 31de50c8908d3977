package dev.siaran.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;

/** What another program sends. */
final class Foreign {

    private Foreign() {}

    static BasicProperties headers(String name, Object value) {
        return new BasicProperties.Builder().headers(Map.of(name, value)).build();
    }

    /** An event of a publisher that numbers what it sends. */
    static BasicProperties numbered(String channel, long number) {
        return new BasicProperties.Builder()
                .headers(Map.of(Wire.CHANNEL, channel, Wire.PUBLISHER, "another", Wire.SEQUENCE, number))
                .build();
    }
}
