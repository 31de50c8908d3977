package dev.siaran.it.app;

import dev.siaran.AbstractSseQueueResource;
import dev.siaran.SseRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.List;

/** A stream of several channels, chosen by a bean: {@code /injected?channel=a&channel=b}. */
@Path("/injected")
@RequestScoped
public class InjectedStream extends AbstractSseQueueResource {

    @Inject
    ChannelChooser chooser;

    @Override
    protected List<String> channels(SseRequest request) {
        return chooser.choose(request);
    }
}
