package dev.siaran.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Opens every connection of a broker and can cut them all, also one that is still being opened: no read, write or connect
 * outlives {@link #close}.
 *
 * <p>Safe for use by many threads.
 */
final class Sockets implements JedisSocketFactory, AutoCloseable {

    private final RedisAddress address;
    private final int timeoutMillis;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Sockets(RedisAddress address, int timeoutMillis) {
        this.address = address;
        this.timeoutMillis = timeoutMillis;
    }

    @Override
    public Socket createSocket() {
        var failure = new JedisConnectionException("no connection to " + address);
        if (address.isUnix()) {
            return connectUnix();
        }
        try {
            for (InetAddress host : InetAddress.getAllByName(address.host())) {
                try {
                    return connect(host);
                } catch (IOException e) {
                    failure = new JedisConnectionException("no connection to " + address, e);
                }
            }
        } catch (IOException e) {
            failure = new JedisConnectionException("no address of " + address, e);
        }
        throw failure;
    }

    private Socket connectUnix() {
        try {
            UnixSocket socket = UnixSocket.connect(address.host());
            socket.setSoTimeout(timeoutMillis);
            return tracked(socket);
        } catch (IOException | RuntimeException e) {
            throw new JedisConnectionException("no connection to " + address, e);
        }
    }

    private Socket connect(InetAddress host) throws IOException {
        var socket = new Socket();
        try {
            tracked(socket);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(timeoutMillis);
            RedisTls tls = address.tls();
            socket.connect(new InetSocketAddress(host, address.port()), timeoutMillis);
            return tls == null ? socket : tls.secure(socket, address.host(), address.port());
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private <T extends Socket> T tracked(T socket) throws IOException {
        open.removeIf(Socket::isClosed);
        open.add(socket);
        if (closed) {
            socket.close();
            throw new IOException("closed");
        }
        return socket;
    }

    /** Cuts every connection and refuses new ones. */
    @Override
    public void close() {
        closed = true;
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is of no use any more, closed or not.
            }
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
