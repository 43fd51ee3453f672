package dev.stanch.cli;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// The layers inside and between the modules, held by the build. A package that does not exist yet
/// breaks no rule.
final class ArchitectureTest {
  private static final String PERMIT = "dev.stanch.detectors.model.RevealPermit";

  private static final ArchRule[] RULES = {
    noClasses()
        .that()
        .resideInAPackage("dev.stanch.detectors.model..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "java..", "javax.crypto..", "org.jspecify..", "dev.stanch.detectors.model..")
        .as("the model depends on the JDK and JSpecify alone"),
    noClasses()
        .that()
        .resideInAPackage("dev.stanch.detectors..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.stanch.revokers..", "dev.stanch.cli..")
        .as("detectors know nothing of what is done with a finding"),
    noClasses()
        .that()
        .resideInAPackage("dev.stanch.revokers..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.stanch.cli..")
        .as("revokers know nothing of the command line"),
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.stanch.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .as("only the command touches the process and its streams"),
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.stanch.detectors.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .as("every request goes through the one HTTP client"),
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.stanch.revokers.run..")
        .and()
        .doNotHaveFullyQualifiedName(PERMIT)
        .and()
        .doNotHaveFullyQualifiedName("dev.stanch.cli.command.ShowTokens")
        .and()
        .doNotHaveFullyQualifiedName("dev.stanch.detectors.baseline.Allowlist")
        .should()
        .callMethod(PERMIT, "grant", "java.lang.String")
        .as("only revokers.run, --show-tokens and allowlists hand out permits to read a token"),
    noClasses()
        .that()
        .haveFullyQualifiedName("dev.stanch.cli.report.TextReport")
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAnyPackage("com.fasterxml..", "picocli..")
        .as("the text of a hook loads no JSON library"),
    slices()
        .matching("dev.stanch.revokers.provider.(*)..")
        .should()
        .notDependOnEachOther()
        .as("providers do not know each other"),
    slices()
        .matching("dev.stanch.(**)")
        .should()
        .beFreeOfCycles()
        // The place where the command is put together names all its parts, and they use its
        // streams.
        .ignoreDependency(
            belongToAnyOf(Main.class, CommandTree.class).or(resideInAPackage("dev.stanch.cli")),
            alwaysTrue())
        .as("packages form no cycle"),
  };

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.stanch.detectors", "dev.stanch.revokers", "dev.stanch.cli");

  @TestFactory
  Stream<DynamicTest> layersHold() {
    return Stream.of(RULES)
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getDescription(), () -> rule.allowEmptyShould(true).check(OURS)));
  }
}
