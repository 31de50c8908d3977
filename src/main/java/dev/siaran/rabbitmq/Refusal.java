package dev.siaran.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import dev.siaran.rabbitmq.RabbitAddress.Server;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The server has answered, and it is a refusal; the message says what to do. */
final class Refusal extends IOException {

    private static final long serialVersionUID = 1;

    Refusal(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What a failure to connect means. */
    static IOException ofConnecting(Exception failure, RabbitAddress address) {
        String login = "user \"" + address.user() + "\" of " + RabbitAddress.KEY;
        if (failure instanceof AuthenticationFailureException) {
            return new Refusal(
                    "the server refuses " + login + " (" + failure.getMessage()
                            + "); check user and password; \"guest\" may come from the server's own machine only",
                    null);
        }
        if (failure instanceof SSLException) {
            return new IOException("TLS failed, see siaran.rabbitmq.tls.*: " + failure.getMessage(), failure);
        }
        String answer = answer(failure);
        if (failure instanceof PossibleAuthenticationFailureException && answer == null) {
            return new Refusal("the server ended the connection while " + login + " logged in", null);
        }
        if (answer == null) {
            return broken(failure);
        }
        return new Refusal(
                "the server does not let " + login + " into virtual host \"" + address.virtualHost() + "\": " + answer
                        + "; make it with rabbitmqctl add_vhost and set_permissions, or name another one in the URI",
                null);
    }

    /** What became of each server, in the order of the setting. Who has answered is not to be drowned by those who are away. */
    static IOException ofAll(List<Server> servers, Map<Server, IOException> failures) {
        if (failures.size() == 1) {
            return failures.values().iterator().next();
        }
        boolean refused = failures.values().stream().anyMatch(Refusal.class::isInstance);
        String message = failures.entrySet().stream()
                .filter(failure -> !refused || failure.getValue() instanceof Refusal)
                .sorted(Comparator.comparing(failure -> servers.indexOf(failure.getKey())))
                .map(failure -> failure.getKey() + ": " + failure.getValue().getMessage())
                .collect(Collectors.joining("; "));
        return refused ? new Refusal(message, null) : new IOException(message);
    }

    /** A failure that is no refusal, as the exception that the rest of this package expects. */
    static IOException broken(@Nullable Throwable failure) {
        String answer = answer(failure);
        if (answer != null) {
            return new IOException(answer, failure);
        }
        return failure instanceof IOException e && e.getMessage() != null
                ? e
                : new IOException("the connection failed: " + failure, failure);
    }

    /** What the server says of the connection or channel that it has closed; null if it says nothing. */
    static @Nullable String answer(@Nullable Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof ShutdownSignalException signal && !signal.isInitiatedByApplication()) {
                Method reason = signal.getReason();
                if (reason instanceof AMQP.Channel.Close close) {
                    return close.getReplyText();
                }
                if (reason instanceof AMQP.Connection.Close close) {
                    return close.getReplyText();
                }
            }
        }
        return null;
    }
}
