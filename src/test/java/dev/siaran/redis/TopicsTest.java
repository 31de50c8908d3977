package dev.siaran.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TopicsTest {

    /** Nothing is sent in these tests. */
    private final Topics topics = new Topics(new Session(null, "canary", null, false));

    @Test
    void aTopicIsAnnouncedOnceItIsConfirmed() {
        assertFalse(topics.want("news"));
        assertTrue(topics.confirmed("news"));
        assertTrue(topics.want("news"));
    }

    @Test
    void aConfirmationFromBeforeTheTopicWasLeftDoesNotCount() {
        // given: subscribed, left and subscribed again before the server has answered
        topics.want("news");
        topics.unwant("news");
        topics.want("news");

        // then: between the two answers the server announces nothing
        assertFalse(topics.confirmed("news"));
        assertTrue(topics.confirmed("news"));
    }

    @Test
    void aTopicThatWasLeftIsNotAnnounced() {
        topics.want("news");
        topics.unwant("news");
        assertFalse(topics.confirmed("news"));
        assertFalse(topics.confirmed("never wanted"));
    }
}
