package dev.siaran.internal.http;

import dev.siaran.internal.hub.SlowPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A client that follows channels of which it is admitted to those that the test says. */
final class FakeFollower implements Follower {

    final List<String> asked = new ArrayList<>();
    private final List<String> channels;
    private Predicate<String> admitted = channel -> true;

    FakeFollower(String... channels) {
        this.channels = List.of(channels);
    }

    FakeFollower admittedIf(Predicate<String> condition) {
        admitted = condition;
        return this;
    }

    @Override
    public List<String> channels() {
        return channels;
    }

    @Override
    public boolean isAdmitted(String channel) {
        asked.add(channel);
        return admitted.test(channel);
    }

    @Override
    public String lastEventId() {
        return null;
    }

    @Override
    public SlowPolicy slowPolicy() {
        return SlowPolicy.DISCONNECT;
    }
}
