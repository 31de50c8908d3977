package dev.siaran.internal.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may listen, decided before a stream opens. */
class AdmissionTest {

    private static final Caller ALICE = new Caller("alice", null);
    private static final Caller NOBODY = new Caller(null, null);

    private final Admission admission = new Admission(3, true);

    private int refusal(Caller caller, FakeFollower follower) {
        return assertThrows(WebApplicationException.class, () -> admission.check(caller, follower, follower.channels()))
                .getResponse()
                .getStatus();
    }

    private void assertAdmitted(Caller caller, FakeFollower follower) {
        assertDoesNotThrow(() -> admission.check(caller, follower, follower.channels()));
    }

    @Test
    void whoIsAdmittedToEveryChannelMayListen() {
        var follower = new FakeFollower("a", "b");

        assertAdmitted(NOBODY, follower);

        assertEquals(List.of("a", "b"), follower.asked);
    }

    @Test
    void oneRefusedChannelOfSeveralRefusesTheStream() {
        assertEquals(403, refusal(ALICE, new FakeFollower("a", "b", "c").admittedIf(name -> !name.equals("c"))));
    }

    @Test
    void whoIsNotLoggedInIsAskedToLogInInstead() {
        assertEquals(401, refusal(NOBODY, new FakeFollower("a").admittedIf(name -> false)));
    }

    @Test
    void aDecisionThatFailsAdmitsNobody() {
        var follower = new FakeFollower("a").admittedIf(name -> {
            throw new IllegalStateException("the database is away");
        });

        assertEquals(500, refusal(ALICE, follower));
        assertEquals(500, refusal(NOBODY, follower));
    }

    @Test
    void aDecisionMayAnswerInItsOwnWay() {
        var follower = new FakeFollower("a").admittedIf(name -> {
            throw new jakarta.ws.rs.NotFoundException();
        });

        assertThrows(NotFoundException.class, () -> admission.check(ALICE, follower, List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"user/bob", "user/", "user/alice/", "user/Alice", "user/alic%65", "user/alice/more"})
    void thePrivateChannelsOfOthersAreRefusedWhateverTheResourceSays(String channel) {
        assertEquals(403, refusal(ALICE, new FakeFollower(channel)));
        assertEquals(403, refusal(ALICE, new FakeFollower("news", channel)));
        assertEquals(401, refusal(NOBODY, new FakeFollower(channel)));
        assertEquals(401, refusal(NOBODY, new FakeFollower("user/null")));
    }

    @Test
    void aUserMayListenToTheOwnPrivateChannel() {
        assertAdmitted(ALICE, new FakeFollower("news", "user/alice"));
        assertAdmitted(new Caller("a b", null), new FakeFollower("user/a%20b"));
    }

    @Test
    void theResourceMayRefuseThePrivateChannelToo() {
        assertEquals(403, refusal(ALICE, new FakeFollower("user/alice").admittedIf(name -> false)));
    }

    @Test
    void withoutPrivateChannelsTheirNamesAreLikeAnyOther() {
        var follower = new FakeFollower("user/bob");

        assertDoesNotThrow(() -> new Admission(3, false).check(ALICE, follower, List.of("user/bob")));

        assertEquals(List.of("user/bob"), follower.asked);
    }

    @ParameterizedTest
    @CsvSource({"a*, a*", "'a\nb', a?b", "a..b, a..b"})
    void aNameThatNoChannelHasIsABadRequestThatSaysWhatIsAllowed(String name, String shown) {
        var follower = new FakeFollower("fine", name);
        var refused = assertThrows(
                WebApplicationException.class, () -> admission.check(ALICE, follower, follower.channels()));

        assertEquals(400, refused.getResponse().getStatus());
        assertEquals(
                "channel is \"" + shown + "\"; allowed is a name of 1 to 200 characters without control characters,"
                        + " * ? [ ] \\ and ..",
                refused.getResponse().getEntity());
        assertEquals(List.of(), follower.asked);
    }

    @Test
    void aStreamOfTooManyChannelsIsABadRequestThatSaysHowManyAreAllowed() {
        assertAdmitted(ALICE, new FakeFollower("a", "b", "c"));

        var follower = new FakeFollower("a", "b", "c", "d");
        var refused = assertThrows(
                WebApplicationException.class, () -> admission.check(ALICE, follower, follower.channels()));

        assertEquals(400, refused.getResponse().getStatus());
        assertEquals(
                "A stream of 4 channels; allowed are at most 3 (siaran.max-channels-per-stream)",
                refused.getResponse().getEntity());
        assertEquals(List.of(), follower.asked);
    }
}
