package dev.siaran.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProtocolTest {

    private static int[] count(Protocol protocol, String answers) {
        int[] counts = new int[2];
        for (byte b : answers.getBytes(StandardCharsets.US_ASCII)) {
            int answer = protocol.answer(b);
            counts[answer < 0 ? 1 : 0] += Math.abs(answer);
        }
        return counts;
    }

    @Test
    void redisAnswersWithNumbersAndErrors() {
        var redis = new RedisProtocol(new InetSocketAddress("127.0.0.1", 1), "news");

        int[] counts = count(redis, ":1\r\n:12\r\n-ERR no: really\r\n:0\r\n");

        assertEquals(3, counts[0]);
        assertEquals(1, counts[1]);
    }

    @Test
    void serversAnswerWithAStatus() {
        var post = new PostProtocol(URI.create("http://127.0.0.1:1/publish/news"));

        int[] counts = count(
                post,
                "HTTP/1.1 201 Created\r\nContent-Length: 5\r\n\r\nHTTP!HTTP/1.1 202 Accepted\r\n\r\nHTTP/1.1 500 No\r\n\r\n");

        assertEquals(2, counts[0]);
        assertEquals(1, counts[1]);
    }

    @Test
    void aMessageHasTheLengthThatItSays() {
        var redis = new RedisProtocol(new InetSocketAddress("127.0.0.1", 1), "news");

        String text = new String(redis.message(40).bytes(), StandardCharsets.US_ASCII);

        assertEquals("*3\r\n$7\r\nPUBLISH\r\n$4\r\nnews\r\n$40\r\n" + "\0".repeat(40) + "\r\n", text);
    }

    @Test
    void theDataBeginsWithItsNumberAndItsStamp() {
        Protocol.Message message = Protocol.Message.of("data: ", 48, "\n\n");
        EventData.write(message.bytes(), message.dataOffset(), 48, 42, 9_876_543_210L);

        String text = new String(message.bytes(), StandardCharsets.US_ASCII);
        assertEquals("data: 0000000000000000042 0000000009876543210 xxxxxxxx\n\n", text);
    }
}
