package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.mesh.testkit.Samples;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test processes that use the testkit, and the mesh that it gives them.
class TestkitIT {
  @TempDir private Path directory;
  private final List<TestProcess> processes = new ArrayList<>();

  /// A process with two test classes that wait.
  private record TestProcess(Process process, Path output) {
    /// Where its classes say that they are, once both do.
    List<String> places() {
      Eventually.until(
          () -> "the tests do not run: " + text(), () -> found().size() == 2 || !process.isAlive());
      assertThat(found()).as(text()).hasSize(2);
      return found();
    }

    private List<String> found() {
      return text().lines().filter(line -> line.startsWith("here: ")).toList();
    }

    private String text() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Ctrl-C in its terminal, where the mesh is too if it has started one.
    void interruptGroup() {
      Interrupts.send("INT", -process.pid());
      Ending.of(process, this::text);
    }

    int end() {
      try {
        process.getOutputStream().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return Ending.of(process, this::text);
    }
  }

  @AfterEach
  void leaveNothing() {
    processes.forEach(one -> one.process().destroyForcibly());
    Processes.kill(Processes.on(meeting()), meeting());
  }

  private Path meeting() {
    return directory.resolve("meeting");
  }

  /// A Terrarium to find: its command, made of these lines.
  private Path home(String... lines) throws IOException {
    Path home = Files.createDirectories(directory.resolve("home"));
    Path program = home.resolve("terrarium");
    Files.write(program, List.of(lines));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return home;
  }

  /// One that starts what these tests are made of.
  private Path workingHome() throws IOException {
    return home(
        "#!/bin/sh",
        "exec '%s/bin/java' -Xmx384m -Dterrarium.unpacked='%s' -cp '%s' %s \"$@\""
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("terrarium.unpacked"),
                System.getProperty("java.class.path"),
                "io.terrarium.terrarium.Terrarium"));
  }

  private TestProcess start(Path home) throws IOException {
    Path output = Files.createTempFile(directory, "tests", ".out");
    List<String> command = new ArrayList<>();
    command.add("setsid");
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dterrarium.home=" + home);
    command.add("-Dterrarium.directory=" + meeting());
    command.add("-Dterrarium.linger-seconds=0");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Samples.class.getName()));
    Process process =
        new ProcessBuilder(Interrupts.heededBy(command))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    TestProcess started = new TestProcess(process, output);
    processes.add(started);
    return started;
  }

  @Test
  void share_one_mesh_that_gives_each_class_an_organization_and_ends_with_the_last_of_them()
      throws Exception {
    Path home = workingHome();
    TestProcess one = start(home);
    TestProcess two = start(home);
    List<String> places = new ArrayList<>(one.places());
    places.addAll(two.places());
    boolean isOneStarter = one.process().children().findAny().isPresent();
    TestProcess starter = isOneStarter ? one : two;
    TestProcess other = isOneStarter ? two : one;

    starter.interruptGroup();
    boolean isThereStill = Files.exists(meeting().resolve("access.properties"));
    int exit = other.end();

    assertThat(places.stream().map(place -> place.split(" ", -1)[1]).distinct()).hasSize(1);
    assertThat(places.stream().map(place -> place.split(" ", -1)[2]).distinct()).hasSize(4);
    assertThat(isThereStill).isTrue();
    assertThat(exit).isZero();
    Eventually.until(
        () -> "still there:\n" + Processes.shown(Processes.on(meeting())),
        () -> Processes.on(meeting()).isEmpty());
    assertThat(meeting().resolve("data")).doesNotExist();
  }

  @Test
  void are_told_what_the_command_says_when_it_cannot_start() throws Exception {
    Path home = home("#!/bin/sh", "echo 'terrarium: no JDK 25 or newer was found.' >&2", "exit 1");

    TestProcess tests = start(home);

    assertThat(tests.end()).isNotZero();
    assertThat(tests.text())
        .contains("Terrarium did not start:")
        .contains("terrarium: no JDK 25 or newer was found.");
  }
}
