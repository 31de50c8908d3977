package dev.siaran.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public API is a file: a change of it is a change of that file, for a reviewer to see. */
class PublicApiTest {

    private static final Path PROMISED = Path.of("src/test/resources/public-api.txt");

    @Test
    void thePublicApiIsWhatIsPromised() throws IOException {
        String actual = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.siaran", "dev.siaran.spi")
                        .stream()
                        .filter(type -> type.getPackageName().equals("dev.siaran")
                                || type.getPackageName().equals("dev.siaran.spi"))
                        .map(JavaClass::reflect)
                        .filter(type -> Modifier.isPublic(type.getModifiers()))
                        .sorted(Comparator.comparing(Class::getName))
                        .map(PublicApiTest::describe)
                        .collect(Collectors.joining("\n"));

        assertEquals(
                Files.readString(PROMISED),
                actual,
                "If the change is meant, write it to " + PROMISED + ", to CHANGELOG.adoc and to the documentation");
    }

    private static String describe(Class<?> type) {
        Stream<String> members = Stream.concat(
                        Arrays.stream(type.getDeclaredConstructors()), Arrays.stream(type.getDeclaredMethods()))
                .filter(member ->
                        Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers()))
                .filter(member -> !member.isSynthetic())
                .map(Executable::toGenericString)
                .sorted()
                .map(member -> "    " + member + "\n");
        return type.toGenericString() + "\n" + members.collect(Collectors.joining());
    }
}
