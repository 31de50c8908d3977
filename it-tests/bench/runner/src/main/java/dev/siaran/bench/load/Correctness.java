package dev.siaran.bench.load;

import dev.siaran.bench.load.Census.State;
import dev.siaran.it.load.SequenceCheck;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the clients got, against what was published. */
final class Correctness {

    private static final int MAX_PROBLEMS = 10;

    private Correctness() {}

    /** Ends the checks of the clients that read at the newest event, and writes their sums. */
    static void report(Crowd crowd, long published, JsonObjectBuilder report) {
        List<Subscriber> readers = crowd.healthy();
        Census census = crowd.census();
        sums(readers, published, report)
                .add("refused", census.all(State.REFUSED))
                .add("ended", census.healthy(State.ENDED));
    }

    /** The same for the clients that did not read at first. */
    static JsonObjectBuilder slow(Crowd crowd, long published, int evicted) {
        List<Subscriber> slow =
                crowd.members().stream().filter(Subscriber::isSlow).toList();
        return sums(slow, published, Json.createObjectBuilder()).add("evicted", evicted);
    }

    private static JsonObjectBuilder sums(List<Subscriber> members, long published, JsonObjectBuilder report) {
        members.forEach(member -> member.check().end(published - 1));
        return report.add("clients", members.size())
                .add(
                        "complete",
                        members.stream()
                                .filter(member -> member.check().isComplete())
                                .count())
                .add("lost", sum(members, SequenceCheck::lost))
                .add("repeated", sum(members, SequenceCheck::repeated))
                .add("reordered", sum(members, SequenceCheck::reordered))
                .add("gaps", sum(members, SequenceCheck::gaps))
                .add("skipped", sum(members, SequenceCheck::skipped))
                .add("problems", problems(members));
    }

    /** The first ones, to begin to look for a cause. */
    private static JsonArrayBuilder problems(List<Subscriber> members) {
        JsonArrayBuilder problems = Json.createArrayBuilder();
        members.stream()
                .filter(member -> member.check().problem() != null)
                .limit(MAX_PROBLEMS)
                .forEach(member -> problems.add(
                        "client " + member.number() + ": " + member.check().problem()));
        return problems;
    }

    private static long sum(List<Subscriber> members, ToLongFunction<SequenceCheck> number) {
        return members.stream().map(Subscriber::check).mapToLong(number).sum();
    }
}
