package dev.siaran.bench.server;

import dev.siaran.internal.config.Settings;
import dev.siaran.spi.Broker;
import dev.siaran.spi.BrokerProvider;
import dev.siaran.spi.Message;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * A node that only publishes: it takes Redis's {@code PUBLISH} and hands each message to Siaran's Redis broker. So a server on
 * Siaran is fed by the same load generator with the same bytes as one that listens to Redis itself, what it gets has gone
 * the whole of Siaran's way, and what publishing costs falls to this process and not to the one that is measured.
 */
public final class BrokerGateway {

    static final String LISTENING = "listening on ";

    private static final int BUFFER = 64 << 10;

    private BrokerGateway() {}

    /** Runs until the process is told to end; the only argument is the URI of Redis. */
    public static void main(String... arguments) throws IOException {
        Broker broker = ServiceLoader.load(BrokerProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("redis"))
                .findFirst()
                .orElseThrow()
                .configure(Settings.of(Map.of("siaran.redis.uri", arguments[0])))
                .get();
        try (var listener = new ServerSocket(0, 16, InetAddress.getLoopbackAddress())) {
            System.out.println(LISTENING + listener.getLocalPort());
            while (true) {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                var thread = new Thread(() -> serve(client, broker));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket client, Broker broker) {
        try (client) {
            var input = new DataInputStream(new BufferedInputStream(client.getInputStream(), BUFFER));
            OutputStream output = client.getOutputStream();
            while (true) {
                publish(readCommand(input), broker, output);
            }
        } catch (EOFException e) {
            // The run is over
        } catch (IOException e) {
            System.out.println("a client failed: " + e);
        }
    }

    private static void publish(String[] command, Broker broker, OutputStream output) {
        broker.publish(new Message(command[1], "bench", command[2])).whenComplete((id, failure) -> {
            if (failure != null) {
                System.out.println("not published: " + failure);
            }
            answer(output, failure == null ? ":1\r\n" : "-ERR " + failure.getClass() + "\r\n");
        });
    }

    private static void answer(OutputStream output, String text) {
        try {
            // One write each, which no other thread can part
            synchronized (output) {
                output.write(text.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // The client does not wait for it
        }
    }

    private static String[] readCommand(DataInputStream input) throws IOException {
        var command = new String[readNumber(input, '*')];
        for (int i = 0; i < command.length; i++) {
            byte[] bytes = input.readNBytes(readNumber(input, '$'));
            command[i] = new String(bytes, StandardCharsets.UTF_8);
            input.readShort();
        }
        if (command.length != 3 || !command[0].equals("PUBLISH")) {
            throw new IOException("not a PUBLISH");
        }
        return command;
    }

    private static int readNumber(DataInputStream input, char type) throws IOException {
        if (input.readByte() != type) {
            throw new IOException("not RESP");
        }
        int number = 0;
        byte b;
        while ((b = input.readByte()) != '\n') {
            number = b == '\r' ? number : number * 10 + (b - '0');
        }
        return number;
    }
}
