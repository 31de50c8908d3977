package dev.siaran.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
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

    private Socket connect(InetAddress host) throws IOException {
        open.removeIf(Socket::isClosed);
        var socket = new Socket();
        open.add(socket);
        try {
            if (closed) {
                throw new IOException("closed");
            }
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(timeoutMillis);
            socket.connect(new InetSocketAddress(host, address.port()), timeoutMillis);
            return address.tls() ? secured(socket) : socket;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket secured(Socket plain) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) factory.createSocket(plain, address.host(), address.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // without it any trusted certificate would do
        socket.setSSLParameters(parameters);
        socket.startHandshake();
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
