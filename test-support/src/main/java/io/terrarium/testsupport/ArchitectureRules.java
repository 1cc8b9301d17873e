package io.terrarium.testsupport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;

/// What holds in every module. Each module's `ArchitectureTest` checks these on its own classes.
public final class ArchitectureRules {
  private static final String VAGUE_NAMES = ".*(Utils?|Helper|Manager|Impl)|(Base|Abstract)[A-Z].*";

  private ArchitectureRules() {}

  /// Checks the rules of every module on the production classes below `packageName`.
  public static void check(String packageName) {
    JavaClasses classes = classesOf(packageName);
    noVagueNames(classes);
    noHiddenInputs(classes);
    nullnessIsDeclared(classes);
    noCycles(packageName, classes);
    if (!packageName.equals("io.terrarium.kernel")) {
      onlyTheKernelKnowsItsLibraries(classes);
    }
  }

  public static JavaClasses classesOf(String packageName) {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .importPackages(packageName);
  }

  /// Classes below `packageName` may use nothing of the packages in `others`.
  public static void knowsNothingOf(String packageName, List<String> others) {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(others.toArray(String[]::new))
        .allowEmptyShould(true)
        .check(classesOf(packageName));
  }

  private static void noVagueNames(JavaClasses classes) {
    noClasses()
        .that(are("no product's name", type -> !type.getSimpleName().equals("BuildManager")))
        .should()
        .haveNameMatching("(.*\\.)?" + "(" + VAGUE_NAMES + ")")
        .because("a class is named by what it is")
        .allowEmptyShould(true)
        .check(classes);
  }

  private static void noHiddenInputs(JavaClasses classes) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.terrarium.kernel..")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callConstructor(java.util.Random.class)
        .because("time, environment and chance come from outside, so that tests can give them")
        .allowEmptyShould(true)
        .check(classes);
  }

  private static void nullnessIsDeclared(JavaClasses classes) {
    classes()
        .that()
        .areTopLevelClasses()
        .and()
        .doNotHaveSimpleName("package-info")
        .should(
            new com.tngtech.archunit.lang.ArchCondition<>("be in a package that is @NullMarked") {
              @Override
              public void check(JavaClass item, com.tngtech.archunit.lang.ConditionEvents events) {
                boolean marked =
                    item.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked");
                events.add(
                    new com.tngtech.archunit.lang.SimpleConditionEvent(
                        item, marked, item.getName() + " is in an unmarked package"));
              }
            })
        .allowEmptyShould(true)
        .check(classes);
  }

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
        .resideInAnyPackage("io.vertx.ext.web..", "io.lettuce..", "com.rabbitmq..", "io.minio..")
        .because("the kernel's adapters stand between them and the services")
        .allowEmptyShould(true)
        .check(classes);
  }

  private static DescribedPredicate<JavaClass> are(
      String description, java.util.function.Predicate<JavaClass> predicate) {
    return DescribedPredicate.describe(description, predicate);
  }
}
