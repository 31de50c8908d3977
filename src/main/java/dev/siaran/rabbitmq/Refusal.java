package dev.siaran.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.PossibleAuthenticationFailureException;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
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
