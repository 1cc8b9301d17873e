package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.redis.RedisConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Ruby with Sidekiq's own code, where it is installed, on a Redis of ours.
final class Ruby {
  private static final long CHECK_SECONDS_MAX = 60;

  private final RedisConfig config;

  Ruby(RedisConfig config) {
    this.config = config;
  }

  /// Skips the test where `library` is not there.
  static void assume(String library) throws InterruptedException {
    assumeTrue(isThere(library), "Ruby with " + library + " is not installed here");
  }

  private static boolean isThere(String library) throws InterruptedException {
    try {
      Process ruby = new ProcessBuilder("ruby", "-W0", "-e", "require '" + library + "'").start();
      return ruby.waitFor(CHECK_SECONDS_MAX, TimeUnit.SECONDS) && ruby.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /// What a script prints that speaks to Redis as Sidekiq's client does.
  String run(String script) throws Exception {
    String preamble =
        """
        require 'sidekiq/api'
        Sidekiq.configure_client { |c| c.logger = nil }
        """;
    Process process =
        start(List.of("ruby", "-W0", "-e", preamble + script)).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /// A program that runs until it is ended, such as a worker; what it says goes to a file.
  Process runInBackground(Path log, String... command) throws IOException {
    return start(List.of(command)).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /// Sidekiq finds its Redis by this variable; the password is in no argument.
  private ProcessBuilder start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    String password = config.password() == null ? "" : ":" + config.password().value() + "@";
    String scheme = config.tls() ? "rediss" : "redis";
    builder
        .environment()
        .put(
            "REDIS_URL",
            "%s://%s%s:%d/0".formatted(scheme, password, config.host(), config.port()));
    return builder;
  }

  static Path script(Path directory, String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
