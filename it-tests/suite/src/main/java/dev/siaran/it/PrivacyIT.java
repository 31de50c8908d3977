package dev.siaran.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siaran.it.crowd.CrowdStream;
import dev.siaran.it.load.Server;
import dev.siaran.it.support.Archives;
import dev.siaran.it.support.Await;
import dev.siaran.it.visitors.Visits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Containers use their request and response objects again, and clients their connections: nobody may get a byte of another's. With
 * {@code -Dsiaran.it.full} a hundred thousand streams.
 */
@Tag("filter-login")
class PrivacyIT extends AbstractSuite {

    private static final boolean FULL = System.getProperty("siaran.it.full") != null;
    private static final int STREAMS = FULL ? 100_000 : 5_000;

    /** A slow machine opens fewer in the short run. */
    private static final int FEWEST = FULL ? STREAMS : 500;

    private static final Duration LIMIT = FULL ? Duration.ofMinutes(20) : Duration.ofSeconds(12);

    @Deployment(name = APP, testable = false)
    static WebArchive app() {
        return Archives.filtered(
                        "privacy.war",
                        Map.of("siaran.max-age", "4s", "siaran.max-lag", "1s", "siaran.log.max-bytes", "2MiB"))
                .addPackage(CrowdStream.class.getPackage());
    }

    @Test
    void nobodyEverGetsAByteOfAnother() {
        // given that everybody of a crowd is told something all the time
        http.post(uri("/crowd-talk?rounds=10"), "");

        // when streams of all of them begin and end in all ways, with other requests before, after and between
        long seed = System.nanoTime();
        try (var visits = new Visits(Server.at(uri("")), seed, name -> http.postSoon(uri("/revoke/user"), name))) {
            visits.run(STREAMS, LIMIT);
            System.out.println(visits);

            // then
            assertEquals(List.of(), visits.faults(), () -> "seed " + seed + ", " + visits);
            assertTrue(visits.opened() >= FEWEST, visits::toString);
            assertTrue(visits.hasAllEndings(), visits::toString);
            assertTrue(visits.reused() > 0, visits::toString);
            assertTrue(visits.ownBytes() > visits.opened(), visits::toString);
        } finally {
            http.send("DELETE", uri("/crowd-talk"), "", "Accept", "*/*");
        }
        Await.until(
                "no stream is left",
                Duration.ofSeconds(10),
                () -> http.get(uri("/diagnostics/connections")),
                "0"::equals);
    }
}
