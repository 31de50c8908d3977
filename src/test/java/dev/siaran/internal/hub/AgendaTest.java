package dev.siaran.internal.hub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes first, on a clock of the test's. */
class AgendaTest {

    private static final long HALF = Agenda.TURN / 2;

    private final Agenda agenda = new Agenda();
    private final List<String> done = new ArrayList<>();
    private long now;

    private Runnable task(String name, long takes) {
        return () -> {
            done.add(name);
            now += takes;
        };
    }

    /** Work that needs so many turns more. */
    private Runnable work(String name, int needs, int had) {
        return () -> {
            done.add(name);
            now += Agenda.TURN;
            if (needs > 1) {
                agenda.goOn(work(name, needs - 1, had + 1), had + 1, now);
            }
        };
    }

    private Runnable work(String name, int needs) {
        return work(name, needs, 0);
    }

    private List<String> runAll() {
        for (Runnable next = agenda.next(now); next != null; next = agenda.next(now)) {
            next.run();
        }
        return done;
    }

    @Test
    void tasksKeepTheirOrder() {
        for (String name : List.of("a", "b", "c")) {
            agenda.add(task(name, HALF));
        }

        assertEquals(List.of("a", "b", "c"), runAll());
    }

    @Test
    void aCrowdOfTasksAndWorkHaveHalfOfTheTimeEach() {
        for (int i = 1; i <= 6; i++) {
            agenda.add(task("task" + i, HALF));
        }
        agenda.next(now).run();
        agenda.begin(work("feed", 3));

        assertEquals(List.of("task1", "task2", "feed", "task3", "task4", "feed", "task5", "task6", "feed"), runAll());
    }

    @Test
    void muchWorkDoesNotHoldUpTasks() {
        for (int i = 1; i <= 9; i++) {
            agenda.begin(work("feed" + i, 9));
        }
        for (int i = 1; i <= 3; i++) {
            agenda.add(task("task" + i, Agenda.TURN));
        }

        assertTrue(runAll().subList(0, 6).containsAll(List.of("task1", "task2", "task3")), done::toString);
        assertEquals(9 * 9 + 3, done.size());
    }

    @Test
    void whatIsShortDoesNotWaitForWhatIsLong() {
        agenda.begin(work("long", 5));
        agenda.next(now).run();
        agenda.begin(work("short", 2));

        assertEquals(List.of("long", "short", "long", "short", "long", "long", "long"), runAll());
    }

    @Test
    void whatIsLongDoesNotWaitForEverForWhatIsShort() {
        agenda.goOn(work("long", 2, 50), 50, now);
        for (int i = 0; i < 20; i++) {
            agenda.begin(work("short", 1));
        }

        int first = runAll().indexOf("long");

        assertTrue(first > 0 && first <= 5, done::toString);
    }

    @Test
    void whatIsForLaterComesWhenItIsDue() {
        Runnable second = task("second", 0);
        Runnable first = task("first", 0);
        agenda.keep(second, 20);
        agenda.keep(first, 10);

        assertNull(agenda.nextDue(9));
        assertEquals(1, agenda.untilDue(9, 100));
        assertEquals(first, agenda.nextDue(10));
        assertNull(agenda.nextDue(10));
        assertEquals(5, agenda.untilDue(10, 5));
        assertEquals(second, agenda.nextLater());
        assertEquals(100, agenda.untilDue(10, 100));
    }

    @Test
    void nothingIsForgotten() {
        assertTrue(agenda.isIdle());

        agenda.begin(work("feed", 2));
        assertTrue(agenda.hasNew());
        agenda.next(now).run();

        assertFalse(agenda.hasNew());
        assertFalse(agenda.isIdle());
        assertEquals(List.of("feed", "feed"), runAll());
        assertTrue(agenda.isIdle());
    }
}
