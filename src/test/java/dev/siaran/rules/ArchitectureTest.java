package dev.siaran.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Holds the layout of docs/architecture.adoc. */
@AnalyzeClasses(packages = "dev.siaran", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule importsPointDownOnly = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("cdi")
            .definedBy("dev.siaran.internal.cdi")
            .layer("api")
            .definedBy("dev.siaran")
            .layer("http")
            .definedBy("dev.siaran.internal.http")
            .layer("hub")
            .definedBy("dev.siaran.internal.hub")
            .layer("wire")
            .definedBy("dev.siaran.internal.wire")
            .layer("config")
            .definedBy("dev.siaran.internal.config")
            .layer("brokers")
            .definedBy("dev.siaran.memory", "dev.siaran.redis", "dev.siaran.rabbitmq", "dev.siaran.jms")
            .layer("broker")
            .definedBy("dev.siaran.internal.broker")
            .layer("spi")
            .definedBy("dev.siaran.spi")
            .whereLayer("cdi")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("brokers")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("api")
            .mayOnlyBeAccessedByLayers("cdi")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("cdi", "api")
            .whereLayer("hub")
            .mayOnlyBeAccessedByLayers("cdi", "api", "http")
            .whereLayer("wire")
            .mayOnlyBeAccessedByLayers("cdi", "api", "http", "hub")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("cdi", "api", "http", "hub")
            .whereLayer("broker")
            .mayOnlyBeAccessedByLayers("brokers")
            .whereLayer("spi")
            .mayOnlyBeAccessedByLayers("cdi", "hub", "config", "brokers", "broker");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            SlicesRuleDefinition.slices().matching("dev.siaran.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule hubAndWireKnowNoServletNoCdiAndNoBroker = noClasses()
            .that()
            .resideInAnyPackage("dev.siaran.internal.hub", "dev.siaran.internal.wire")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "jakarta.servlet..",
                    "jakarta.ws.rs..",
                    "jakarta.enterprise..",
                    "redis.clients..",
                    "com.rabbitmq..");

    @ArchTest
    static final ArchRule aBrokerKnowsTheSpiAndItsClientOnly = noClasses()
            .that()
            .resideInAnyPackage("dev.siaran.memory", "dev.siaran.redis", "dev.siaran.rabbitmq")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.siaran",
                    "dev.siaran.internal.cdi",
                    "dev.siaran.internal.config",
                    "dev.siaran.internal.http",
                    "dev.siaran.internal.hub",
                    "dev.siaran.internal.wire",
                    "jakarta..");

    @ArchTest
    static final ArchRule theMessagingBrokerKnowsTheSpiAndJakartaMessagingOnly = noClasses()
            .that()
            .resideInAPackage("dev.siaran.jms")
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAnyPackage("dev.siaran..", "jakarta..")
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(
                            "dev.siaran.jms", "dev.siaran.spi", "dev.siaran.internal.broker", "jakarta.jms"))));

    @ArchTest
    static final ArchRule aBrokerShowsItsProviderOnly = classes()
            .that()
            .resideInAnyPackage("dev.siaran.memory", "dev.siaran.redis", "dev.siaran.rabbitmq", "dev.siaran.jms")
            .and()
            .haveSimpleNameNotEndingWith("Provider")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule nobodyWritesToTheConsole =
            noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err");

    @ArchTest
    static final ArchRule staticStateIsFinal = com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields()
            .that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(new DescribedPredicate<JavaClass>("are written by hand") {
                @Override
                public boolean test(JavaClass type) {
                    return !type.getModifiers().contains(JavaModifier.SYNTHETIC);
                }
            })
            .should()
            .beFinal();
}
