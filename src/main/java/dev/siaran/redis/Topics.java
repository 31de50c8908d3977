package dev.siaran.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one session is subscribed to, and the commands that bring it in line with what is wanted. Used by one thread. Between
 * two calls of {@link #flush} each topic may change once only.
 */
final class Topics {

    /** The most names in one command. */
    private static final int BATCH = 500;

    private static final class Topic {
        boolean wanted;
        int unconfirmed;
    }

    private final Session session;
    private final Map<String, Topic> topics = new HashMap<>();
    private final List<String> toAdd = new ArrayList<>();
    private final List<String> toRemove = new ArrayList<>();

    Topics(Session session) {
        this.session = session;
    }

    boolean isOf(Session other) {
        return session == other;
    }

    Session session() {
        return session;
    }

    /** Asks for a topic with the next {@link #flush}. Returns whether the server announces it already. */
    boolean want(String name) {
        Topic topic = topics.computeIfAbsent(name, key -> new Topic());
        if (!topic.wanted) {
            topic.wanted = true;
            topic.unconfirmed++;
            toAdd.add(name);
            flushAt(toAdd);
        }
        return topic.unconfirmed == 0;
    }

    void unwant(String name) {
        Topic topic = topics.get(name);
        if (topic != null && topic.wanted) {
            topic.wanted = false;
            toRemove.add(name);
            flushAt(toRemove);
            forgetIfOver(name, topic);
        }
    }

    /**
     * Takes a confirmation. Returns whether the server now announces the topic; not while a later command for it is under
     * way, because the topic may have been left in between.
     */
    boolean confirmed(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            return false;
        }
        topic.unconfirmed--;
        forgetIfOver(name, topic);
        return topic.wanted && topic.unconfirmed == 0;
    }

    private void forgetIfOver(String name, Topic topic) {
        if (!topic.wanted && topic.unconfirmed == 0) {
            topics.remove(name);
        }
    }

    private void flushAt(Collection<String> batch) {
        if (batch.size() >= BATCH) {
            flush();
        }
    }

    /** Sends what has been asked for. */
    void flush() {
        if (!toRemove.isEmpty()) {
            session.remove(toRemove);
            toRemove.clear();
        }
        if (!toAdd.isEmpty()) {
            session.add(toAdd);
            toAdd.clear();
        }
    }
}
