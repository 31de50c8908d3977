package dev.siaran;

import dev.siaran.internal.config.PrivateChannels;
import dev.siaran.internal.http.Caller;
import dev.siaran.internal.http.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The request, copied out of Jakarta REST's proxies, which end with the request. Closed by then. */
final class SubscribeRequest implements SseRequest, AutoCloseable {

    private final URI uri;
    private final MultivaluedMap<String, String> path;
    private final MultivaluedMap<String, String> query;
    private final TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<Locale> languages;
    private final @Nullable Principal principal;

    // The request's thread writes; null once the request has ended
    private volatile @Nullable SecurityContext security;

    SubscribeRequest(UriInfo uriInfo, HttpHeaders httpHeaders, SecurityContext security) {
        uri = uriInfo.getRequestUri();
        path = copy(uriInfo.getPathParameters());
        query = copy(uriInfo.getQueryParameters());
        httpHeaders.getRequestHeaders().forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name, values.get(0));
            }
        });
        languages = List.copyOf(httpHeaders.getAcceptableLanguages());
        principal = security.getUserPrincipal();
        this.security = security;
    }

    private static MultivaluedMap<String, String> copy(MultivaluedMap<String, String> values) {
        var copy = new MultivaluedHashMap<String, String>();
        copy.putAll(values);
        return copy;
    }

    @Override
    public Optional<String> lastEventId() {
        return header("Last-Event-ID")
                .filter(id -> !id.isEmpty())
                .or(() -> queryParameter("lastEventId").filter(id -> !id.isEmpty()));
    }

    @Override
    public URI uri() {
        return uri;
    }

    @Override
    public Optional<String> pathParameter(String name) {
        return Optional.ofNullable(path.getFirst(name));
    }

    @Override
    public Optional<String> queryParameter(String name) {
        return Optional.ofNullable(query.getFirst(name));
    }

    @Override
    public List<String> queryParameters(String name) {
        return List.copyOf(query.getOrDefault(name, List.of()));
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public List<Locale> languages() {
        return languages;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    @Override
    public boolean isUserInRole(String role) {
        SecurityContext current = security;
        if (current == null) {
            throw new IllegalStateException("roles are known only while the request is being decided");
        }
        return current.isUserInRole(role);
    }

    @Override
    public String privateChannel() {
        return userName().map(PrivateChannels::of).orElseThrow(Refusal::unauthorized);
    }

    private Optional<String> userName() {
        return principal().map(Principal::getName).filter(name -> !name.isEmpty());
    }

    Caller caller(Optional<Instant> expires) {
        return new Caller(userName().orElse(null), expires.orElse(null));
    }

    @Override
    public void close() {
        security = null;
    }
}
