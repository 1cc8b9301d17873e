package io.terrarium.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/// What holds in every module. Each module's `ArchitectureTest` checks these on its own classes.
public final class ArchitectureRules {
  private static final String VAGUE_NAMES = ".*(Utils?|Helper|Manager|Impl)|(Base|Abstract)[A-Z].*";

  /// Where programs begin: the command, and the services alone when they cannot start.
  private static final Set<String> BEGINNINGS =
      Set.of("io.terrarium.terrarium.Terrarium", "io.terrarium.kernel.runtime.Program");

  /// Whose SQL does not stand in stores alone: kernel opens the handles, and core's questions about
  /// the queue of runs stand where they are asked.
  private static final Set<String> HOLD_SQL = Set.of("io.terrarium.kernel", "io.terrarium.core");

  private ArchitectureRules() {}

  /// Checks the rules of every module on the production classes below `packageName`.
  public static void check(String packageName) {
    JavaClasses classes = classesOf(packageName);
    noVagueNames(classes);
    nothingIsPrinted(classes);
    nullnessIsDeclared(classes);
    noCycles(packageName, classes);
    if (!packageName.equals("io.terrarium.kernel")) {
      noHiddenInputs(classes);
      onlyTheKernelKnowsItsLibraries(classes);
    }
    if (!HOLD_SQL.contains(packageName)) {
      onlyStoresSpeakToTheDatabase(classes);
    }
  }

  /// The production classes below a package that people have written, pages being made into classes
  /// by the build; there must be some, or its name is wrong.
  public static JavaClasses classesOf(String packageName) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("/ui/template/"))
            .importPackages(packageName);
    if (classes.isEmpty()) {
      throw new AssertionError("there are no classes below " + packageName);
    }
    return classes;
  }

  /// Classes below `packageName` may use nothing of the packages in `others`.
  public static void knowsNothingOf(String packageName, List<String> others) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.toArray(String[]::new))
        .check(classesOf(packageName));
  }

  private static void noVagueNames(JavaClasses classes) {
    noClasses()
        .that(are("no product's name", type -> !type.getSimpleName().equals("BuildManager")))
        .should()
        .haveNameMatching("(.*\\.)?" + "(" + VAGUE_NAMES + ")")
        .because("a class is named by what it is")
        .check(classes);
  }

  private static void noHiddenInputs(JavaClasses classes) {
    noClasses()
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", Duration.class)
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callConstructor(Random.class, long.class)
        .because("time, environment and chance come from outside, so that tests can give them")
        .check(classes);
  }

  private static void nothingIsPrinted(JavaClasses classes) {
    noClasses()
        .that(are("no program's beginning", type -> !BEGINNINGS.contains(type.getName())))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .because("services log, and commands print to the writer that they are given")
        .check(classes);
  }

  private static void nullnessIsDeclared(JavaClasses classes) {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should(beInNullMarkedPackages())
        .check(classes);
  }

  private static ArchCondition<JavaClass> beInNullMarkedPackages() {
    return new ArchCondition<>("be in a package that is @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean isMarked = type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
        events.add(
            new SimpleConditionEvent(
                type, isMarked, type.getName() + " is in an unmarked package"));
      }
    };
  }

  /// Small modules have one package alone, and so nothing that could be a cycle.
  private static void noCycles(String packageName, JavaClasses classes) {
    SlicesRuleDefinition.slices()
        .matching(packageName + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(classes);
  }

  private static void onlyTheKernelKnowsItsLibraries(JavaClasses classes) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.vertx.ext.web..",
            "io.lettuce..",
            "com.rabbitmq..",
            "io.minio..",
            "io.micrometer..",
            "io.prometheus..")
        .because("the kernel's adapters stand between them and the services")
        .check(classes);
  }

  private static void onlyStoresSpeakToTheDatabase(JavaClasses classes) {
    noClasses()
        .that(are("no stores", type -> !topLevelName(type).endsWith("Store")))
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(
                HasOwner.Predicates.With.owner(
                    JavaClass.Predicates.assignableTo("org.jdbi.v3.core.Handle"))))
        .because("SQL stands in stores")
        .check(classes);
  }

  private static String topLevelName(JavaClass type) {
    return type.getName().split("\\$", 2)[0];
  }

  private static DescribedPredicate<JavaClass> are(
      String description, Predicate<JavaClass> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
