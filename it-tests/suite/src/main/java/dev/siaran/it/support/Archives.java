package dev.siaran.it.support;

import dev.siaran.it.filters.CarelessCountingFilter;
import dev.siaran.it.filters.CountingFilter;
import dev.siaran.it.filters.FlushingGzipFilter;
import dev.siaran.it.filters.GzipFilter;
import dev.siaran.it.filters.LoginFilter;
import dev.siaran.it.filters.NotAsyncFilter;
import dev.siaran.it.plain.PlainApplication;
import dev.siaran.it.probe.ProbeApplication;
import jakarta.servlet.Filter;
import java.io.File;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What is deployed. */
public final class Archives {

    /** How often an idle stream shows that it lives, in these tests. */
    public static final String HEARTBEAT = "1s";

    private Archives() {}

    /** The test application with its own name and configuration; {@code siaran.heartbeat} is one second unless given. */
    public static WebArchive app(String name, Map<String, String> configuration) {
        var keys = new TreeMap<>(Map.of("siaran.heartbeat", HEARTBEAT));
        keys.putAll(configuration);
        String properties = keys.entrySet().stream()
                .map(key -> key.getKey() + "=" + key.getValue() + "\n")
                .collect(Collectors.joining());
        return ShrinkWrap.create(ZipImporter.class, name)
                .importFrom(new File(System.getProperty("siaran.it.app")))
                .as(WebArchive.class)
                .addAsResource(new StringAsset(properties), "META-INF/microprofile-config.properties");
    }

    /** The test application with Siaran's jar and no client library of any broker. */
    public static WebArchive withoutClients(String name) {
        WebArchive archive = app(name, Map.of());
        archive.getContent(Filters.include("/WEB-INF/lib/(?!siaran-|jspecify-).*\\.jar"))
                .keySet()
                .forEach(archive::delete);
        return archive;
    }

    /** The test application with servlet filters in front of some of its streams. */
    public static WebArchive filtered(String name, Map<String, String> configuration) {
        var filters = ShrinkWrap.create(JavaArchive.class, "filters.jar")
                .addPackage(LoginFilter.class.getPackage())
                // Servers find the annotations; embedded, somebody has to list the classes
                .addAsServiceProvider(
                        Filter.class,
                        CarelessCountingFilter.class,
                        CountingFilter.class,
                        FlushingGzipFilter.class,
                        GzipFilter.class,
                        LoginFilter.class,
                        NotAsyncFilter.class);
        return app(name, configuration).addAsLibrary(filters);
    }

    /** An application without Siaran, which has streams of its own. */
    public static WebArchive plain(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war").addPackage(PlainApplication.class.getPackage());
    }

    /** An application without Siaran that tells what lives in the server's process. */
    public static WebArchive probe(String name) {
        return ShrinkWrap.create(WebArchive.class, name + ".war").addPackage(ProbeApplication.class.getPackage());
    }
}
