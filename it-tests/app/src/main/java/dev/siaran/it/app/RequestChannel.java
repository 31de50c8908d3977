package dev.siaran.it.app;

import jakarta.enterprise.context.RequestScoped;

/** The channel of a request, chosen by {@link RequestChannelFilter} before the resource is asked. */
@RequestScoped
public class RequestChannel {

    private String name = "of-no-request";

    /** Changes it. */
    public void set(String name) {
        this.name = name;
    }

    /** Its name. */
    public String get() {
        return name;
    }
}
