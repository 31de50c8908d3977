package dev.siaran.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siaran.internal.config.ChannelNames;
import dev.siaran.internal.config.SiaranConfig;
import jakarta.json.Json;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One call of a publish method: what is asked before anything is read, what is read, and the answer. The request's thread only. */
public final class PublishCall {

    private static final Logger LOG = System.getLogger(PublishCall.class.getName());

    /** Longer than a broker takes that is there. One that is away may have the event in its buffer for minutes. */
    private static final long ANSWER_SECONDS = 10;

    private final SiaranConfig config;
    private final HttpHeaders headers;
    private final @Nullable MediaType type;

    PublishCall(SiaranConfig config, HttpHeaders headers) {
        this.config = config;
        this.headers = headers;
        this.type = headers.getMediaType();
    }

    /**
     * Refuses what no caller may send.
     *
     * @param chosen the channel, empty for the default channel
     * @return the channel
     * @throws jakarta.ws.rs.WebApplicationException with 415 for a body of another kind, 403 for a page of another site, 400 for a name
     *     that no channel has
     */
    public String begin(Optional<String> chosen) {
        if (!is(MediaType.APPLICATION_JSON_TYPE)) {
            if (!is(MediaType.APPLICATION_FORM_URLENCODED_TYPE) && !is(MediaType.TEXT_PLAIN_TYPE)) {
                throw Refusal.unsupported();
            }
            // A browser asks the server before it sends JSON to another site, but not before it sends these
            if (CrossSite.isPossible(header("Sec-Fetch-Site"), header("Origin"), header(HttpHeaders.HOST))) {
                throw Refusal.otherSite();
            }
        }
        try {
            return ChannelNames.check("channel", chosen.orElse(config.defaultChannel()));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Refuses who may not publish to the channel, and everybody if that cannot be told.
     *
     * @param isAdmitted what the application decides
     * @throws WebApplicationException with 401 or 403, its own answer if the decision throws one, 500 if it fails otherwise
     */
    public static void admit(Caller caller, String channel, BooleanSupplier isAdmitted) {
        boolean admitted;
        try {
            admitted = isAdmitted.getAsBoolean();
        } catch (WebApplicationException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, channel + ": nobody may publish, because who may could not be decided", e);
            throw Refusal.undecided("publish", e);
        }
        if (!admitted) {
            throw Refusal.notAllowed(caller);
        }
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(headers.getRequestHeaders().getFirst(name));
    }

    private boolean is(MediaType form) {
        return type != null
                && type.getType().equalsIgnoreCase(form.getType())
                && type.getSubtype().equalsIgnoreCase(form.getSubtype());
    }

    /**
     * Reads the event.
     *
     * @param name the type of an event whose body is its text, null if it has none
     * @throws jakarta.ws.rs.WebApplicationException with 413 if the body is too large, 400 if it cannot be understood
     */
    public EventBody read(InputStream body, @Nullable String name) throws IOException {
        byte[] bytes = bytes(body);
        try {
            if (is(MediaType.APPLICATION_JSON_TYPE)) {
                return EventBody.ofJson(text(bytes, UTF_8));
            }
            return is(MediaType.TEXT_PLAIN_TYPE)
                    ? new EventBody(name, text(bytes, charset()))
                    : EventBody.ofForm(text(bytes, UTF_8));
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /** No more of the body than is allowed, and one byte. */
    private byte[] bytes(InputStream body) throws IOException {
        int most = config.limits().eventSize();
        byte[] bytes = length() > most ? null : body.readNBytes(most + 1);
        if (bytes == null || bytes.length > most) {
            throw Refusal.tooLarge("A body of more than " + most + " bytes (siaran.max-event-size)");
        }
        return bytes;
    }

    /**
     * What the body says that it has, -1 if it does not say. Runtimes fail with more than an {@code int} ({@link HttpHeaders#getLength}).
     * One that says what is no number is read, and so far only as is allowed.
     */
    private long length() {
        try {
            return Long.parseLong(
                    header(HttpHeaders.CONTENT_LENGTH).orElse("-1").trim());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private Charset charset() {
        String name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        try {
            return name == null ? UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a charset that is not known", e);
        }
    }

    private static String text(byte[] bytes, Charset charset) {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the body is not text in " + charset, e);
        }
    }

    /** Answers once the broker has: with the id, or why there is none. */
    public static void answer(AsyncResponse response, CompletionStage<String> published) {
        response.setTimeout(ANSWER_SECONDS, TimeUnit.SECONDS);
        response.setTimeoutHandler(
                late -> late.resume(Refusal.notPublished("Not confirmed in time; the event may still go out")));
        published.whenComplete((id, failure) -> {
            if (failure == null) {
                response.resume(accepted(id));
            } else {
                response.resume(refused(failure));
            }
        });
    }

    private static Response accepted(String id) {
        String json = Json.createObjectBuilder().add("id", id).build().toString();
        // Bytes, because some runtimes take text for what is to become JSON
        return Response.accepted(json.getBytes(UTF_8))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private static Throwable refused(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof IllegalArgumentException) {
            return Refusal.tooLarge(String.valueOf(cause.getMessage()));
        }
        LOG.log(Level.DEBUG, "a client's event is not published", cause);
        return Refusal.notPublished("The event was not accepted, and nobody gets it");
    }
}
