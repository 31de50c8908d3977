package dev.siaran.it.support;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the deployments of a test answer, by their names.
 *
 * <p>Safe for use by many threads.
 */
public final class Nodes {

    private final Map<String, URI> roots = new ConcurrentHashMap<>();

    void deployed(String name, URI root) {
        roots.put(name, root);
    }

    /** The address of a path, which begins with a slash and is percent-encoded. */
    public URI uri(String deployment, String path) {
        URI root = roots.get(deployment);
        if (root == null) {
            throw new AssertionError(deployment + " was never deployed; known are " + roots);
        }
        return URI.create(root + path);
    }
}
