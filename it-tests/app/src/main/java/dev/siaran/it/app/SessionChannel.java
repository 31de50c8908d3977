package dev.siaran.it.app;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;

/** The channel of a session. */
@SessionScoped
public class SessionChannel implements Serializable {

    private static final long serialVersionUID = 1;

    private volatile String name = "of-no-session";

    /** Changes it. */
    public void set(String name) {
        this.name = name;
    }

    /** Its name. */
    public String get() {
        return name;
    }
}
