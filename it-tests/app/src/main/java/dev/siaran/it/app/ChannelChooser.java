package dev.siaran.it.app;

import dev.siaran.SseRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A bean that a stream asks for its channels. */
@ApplicationScoped
public class ChannelChooser {

    /** The channels of a request. */
    public List<String> choose(SseRequest request) {
        return request.queryParameters("channel");
    }
}
