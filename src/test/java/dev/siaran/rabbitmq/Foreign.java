package dev.siaran.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.Map;

/** What another program sends. */
final class Foreign {

    private Foreign() {}

    static BasicProperties headers(String name, Object value) {
        return new BasicProperties.Builder().headers(Map.of(name, value)).build();
    }
}
