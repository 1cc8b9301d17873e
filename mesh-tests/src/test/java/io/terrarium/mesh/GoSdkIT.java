package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The own tests of the Go SDK, which its makers run against the real product, run against a mesh.
///
/// Debian's packages `golang-go` and `golang-github-hashicorp-go-tfe-dev` have what it takes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoSdkIT {
  private static final String SDK = "github.com/hashicorp/go-tfe";
  private static final Path SOURCES = Path.of("/usr/share/gocode");

  /// Those of features that Terrarium does not have, those that ask no server, and some that need
  /// more: a mail server, a receiver at example.com, all entitlements there are, cost estimates.
  private static final Pattern BESIDE =
      Pattern.compile(
          "Test(Agent|CostEstimate|OAuth|Parameters|PlanExport|Polic|RegistryModule|Client_|LogReader_).*"
              + "|TestNotificationConfiguration(Create|Update|Verify)"
              + "|TestOrganizationsEntitlements"
              + "|TestRunsRead");

  /// As the SDK's tests name the outcome of one of them; those within it are further to the right.
  private static final Pattern OUTCOME = Pattern.compile("--- (PASS|FAIL|SKIP): (\\w+) .*");

  @AutoClose private MeshFixture fixture;
  private Path place;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    assumeTrue(
        Files.isDirectory(SOURCES.resolve("src").resolve(SDK))
            && Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "go"))),
        "Debian's golang-go and golang-github-hashicorp-go-tfe-dev are not installed");
    fixture = new MeshFixture(directory, false);
    place = Files.createDirectories(directory.resolve("sdk"));
    write("test-fixtures/config-version/main.tf", "resource \"terraform_data\" \"a\" {}\n");
    write(
        "test-fixtures/state-version/terraform.tfstate",
        """
        {"version":4,"terraform_version":"1.11.4","serial":1,
         "lineage":"6f1f0d3e-51d8-4d3a-8f0b-5b9f8b1f2c33","resources":[],
         "outputs":{"test_output":{"value":"9023256633839603543","type":"string"}}}
        """);
  }

  private void write(String name, String text) throws IOException {
    Path file = place.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String run(String... command) throws IOException {
    Path output = Files.createTempFile(place, "output", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(place.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "GO111MODULE", "off",
                "GOPATH", SOURCES.toString(),
                "GOCACHE", place.resolve("cache").toString(),
                "TFE_ADDRESS", "https://" + fixture.site().host(),
                "TFE_TOKEN", fixture.site().token(),
                "SSL_CERT_FILE", fixture.site().caBundle().toString()));
    Ending.of(builder.start(), () -> text(output));
    return text(output);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What each test has printed, with its outcome.
  private static Map<String, String> byTest(String output) {
    Map<String, String> all = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (String line : output.lines().toList()) {
      lines.add(line);
      Matcher outcome = OUTCOME.matcher(line);
      if (outcome.matches()) {
        all.put(outcome.group(2), outcome.group(1) + "\n" + String.join("\n", lines));
        lines.clear();
      }
    }
    return all;
  }

  @TestFactory
  List<DynamicTest> the_sdk_finds_what_it_expects() throws IOException {
    String program = place.resolve("sdk-tests").toString();
    String compiled = run("go", "test", "-c", "-o", program, SDK);
    assertThat(Path.of(program)).as(compiled).isExecutable();
    List<String> wanted =
        run(program, "-test.list", ".")
            .lines()
            .filter(line -> line.startsWith("Test"))
            .filter(name -> !BESIDE.matcher(name).matches())
            .toList();
    assertThat(wanted).contains("TestWorkspacesCreate", "TestRunsApply", "TestTeamsUpdate");

    String output = run(program, "-test.v", "-test.run", "^(" + String.join("|", wanted) + ")$");

    Map<String, String> told = byTest(output);
    return wanted.stream()
        .map(name ->
            DynamicTest.dynamicTest(
                name, () -> judge(told.getOrDefault(name, "FAIL: it did not run\n" + output))))
        .toList();
  }

  private static void judge(String told) {
    assumeFalse(told.startsWith("SKIP"), told);
    assertThat(told).startsWith("PASS");
  }
}
