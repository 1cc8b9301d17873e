package io.terrarium.gitserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.FreePorts;
import io.terrarium.testsupport.WorkingCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server in a process of its own is killed, and loses nothing.
class DeathIT {
  @AutoClose private final Receiver receiver = new Receiver();
  private Host host;

  @BeforeEach
  void prepare(@TempDir Path directory) {
    host = new Host(directory, directory.resolve("served"), FreePorts.any());
  }

  /// The program itself, as `--separate` starts it.
  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                GitServer.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(host.work().resolve("log").toFile()));
    builder.environment().putAll(host.settings());
    Process process = builder.start();
    Eventually.until(
        () -> "the server does not answer: " + log(), () -> isHealthy() || !process.isAlive());
    assertThat(process.isAlive()).as(log()).isTrue();
    return process;
  }

  private boolean isHealthy() {
    try {
      return host.send("GET", "/_health", "", "").status() == 200;
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof ConnectException) {
        return false;
      }
      throw e;
    }
  }

  private String log() {
    try {
      return Files.readString(host.work().resolve("log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Test
  void a_delivery_that_nobody_took_is_made_after_the_death() throws Exception {
    WorkingCopy copy;
    String told;
    Process first = start();
    try {
      copy = host.copy("lab/network");
      copy.commit("main.tf", "one");
      copy.git("push", "-q", "origin", "main");
      host.hook("lab/network", receiver.url("lab/network"));
      receiver.answers(503);
      copy.commit("main.tf", "two");
      copy.git("push", "-q", "origin", "main");
      told = receiver.await("lab/network", 1).delivery();
    } finally {
      kill(first);
    }
    receiver.answers(200);
    int before = receiver.heard("lab/network").size();

    Process second = start();
    try {
      Receiver.Heard again = receiver.await("lab/network", before + 1);
      assertThat(again.delivery()).isEqualTo(told);
      assertThat(again.isSigned()).isTrue();
      assertThat(again.text("/after")).isEqualTo(copy.head());
      Path outbox = host.repositories().resolve("lab/network.git/terrarium/outbox");
      Eventually.until("an empty outbox", () -> isEmpty(outbox));
    } finally {
      kill(second);
    }
  }

  @Test
  void a_push_is_told_whose_server_died_before_it_had_looked_who_wants_to_know() throws Exception {
    WorkingCopy copy;
    String before;
    Process first = start();
    try {
      copy = host.copy("lab/network");
      before = copy.commit("main.tf", "one");
      copy.git("push", "-q", "origin", "main");
      host.hook("lab/network", receiver.url("lab/network"));
    } finally {
      kill(first);
    }
    // So the server leaves it: written down, the branch moved, nobody told.
    String after = copy.commit("main.tf", "two");
    Path repository = host.repositories().resolve("lab/network.git");
    copy.git("push", "-q", repository.toString(), "main");
    Path happenings = Files.createDirectories(repository.resolve("terrarium/happenings"));
    Files.writeString(
        happenings.resolve("1700000000000-cafe.json"),
        """
        {"kind":"pushed","sender":"ada","moves":[
          {"ref":"refs/heads/main","before":"%s","after":"%s"},
          {"ref":"refs/heads/never","before":"%s","after":"%s"}]}
        """
            .formatted(before, after, "0".repeat(40), after));

    Process second = start();
    try {
      Receiver.Heard heard = receiver.await("lab/network", 1);
      assertThat(heard.text("/after")).isEqualTo(after);
      assertThat(heard.text("/commits/0/modified/0")).isEqualTo("main.tf");
      Eventually.until("nothing left", () -> isEmpty(happenings));
      assertThat(receiver.heard("lab/network")).hasSize(1);
    } finally {
      kill(second);
    }
  }

  @Test
  void a_directory_is_served_once() throws Exception {
    Process first = start();
    try {
      ProcessBuilder second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  GitServer.class.getName())
              .redirectErrorStream(true);
      second.environment().putAll(host.settings());
      second.environment().put("TERRARIUM_GIT_SERVER_PORT", Integer.toString(FreePorts.any()));

      Process process = second.start();

      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).isEqualTo(1);
      assertThat(said).contains("is served by another Git server");
    } finally {
      kill(first);
    }
  }
}
