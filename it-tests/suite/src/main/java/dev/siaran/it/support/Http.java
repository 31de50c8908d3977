package dev.siaran.it.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Requests that are not streams. */
public final class Http {

    private static final int ANSWER_SECONDS = 20;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** The body of a GET that has to succeed. */
    public String get(URI uri) {
        return ok(send("GET", uri, "", "Accept", "*/*"));
    }

    /** Many GETs at the same time. */
    public void getAtOnce(URI uri, int count) {
        var request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        Stream.generate(() -> client.sendAsync(request, BodyHandlers.discarding()))
                .limit(count)
                .toList()
                .forEach(CompletableFuture::join);
    }

    /** The body of a POST that has to succeed. */
    public String post(URI uri, String body) {
        return ok(send("POST", uri, body, "Accept", "*/*", "Content-Type", "text/plain;charset=UTF-8"));
    }

    /** A POST whose answer nobody waits for. */
    public void postSoon(URI uri, String body) {
        var request = HttpRequest.newBuilder(uri)
                .POST(BodyPublishers.ofString(body))
                .timeout(Duration.ofSeconds(10))
                .headers("Accept", "*/*", "Content-Type", "text/plain;charset=UTF-8")
                .build();
        client.sendAsync(request, BodyHandlers.discarding());
    }

    /** Any request; fails if the server has not answered, to the last byte, within {@link #ANSWER_SECONDS}. */
    public HttpResponse<String> send(String method, URI uri, String body, String... headers) {
        var publisher = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(uri)
                .method(method, publisher)
                .headers(headers)
                .build();
        // The time limit of a request is that of its headers; a stream where none was expected has no end.
        var answer = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(method + " " + uri, e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new AssertionError(method + " " + uri + ": no whole answer within " + ANSWER_SECONDS + " s", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static String ok(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(response + ": " + response.body());
        }
        return response.body();
    }
}
