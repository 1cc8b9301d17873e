package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Objects of a build from and to archivist; what passes by itself is tried again.
final class ObjectTransfer {
  /// Longer than archivist is usually away; one that is killed takes its time to come back where
  /// much else is done. The claim is kept meanwhile, and a cancel interrupts the wait.
  private static final Duration AWAY_MAX = Duration.ofMinutes(5);

  /// Of what breaks off on the way, or on our own disk.
  private static final int BROKEN_MAX = 6;

  private static final long PAUSE_MILLIS_MIN = 500;
  private static final long PAUSE_MILLIS_MAX = 8_000;

  private final ServiceClient archivist;
  private final Consumer<Hop> hops;
  private final Clock clock;
  private final Flow flow;

  /// @param flow of the build; the time of sending is set per transfer
  ObjectTransfer(ServiceClient archivist, Consumer<Hop> hops, Clock clock, Flow flow) {
    this.archivist = archivist;
    this.hops = hops;
    this.clock = clock;
    this.flow = flow;
  }

  Map<String, String> headers() {
    return new LinkedHashMap<>(flow.on(flow.from(), clock.instant()).headers());
  }

  /// @param what for messages, such as `configuration`
  InputStream open(String path, String what) throws InterruptedException {
    return retried("The " + what + " could not be read", () -> openOnce(path, what));
  }

  private InputStream openOnce(String path, String what) throws InterruptedException {
    return archivist
        .get(path, headers())
        .orElseThrow(() -> new BuildFault("The " + what + " is not stored any more."));
  }

  void download(String path, Path file, String what) throws InterruptedException {
    retried(
        "The " + what + " could not be read",
        () -> {
          try (InputStream in = openOnce(path, what)) {
            RunDirectory.writePrivate(file, new byte[0]);
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
          }
        });
  }

  /// Returns when archivist has persisted it.
  void upload(String path, Path file, String what) throws InterruptedException {
    upload(path, file, what, Map.of());
  }

  /// The same for a file that is compressed; readers get it as they want it.
  void uploadGzip(String path, Path file, String what) throws InterruptedException {
    upload(path, file, what, Map.of("Content-Encoding", "gzip"));
  }

  private void upload(String path, Path file, String what, Map<String, String> more)
      throws InterruptedException {
    retried(
        "The " + what + " could not be stored",
        () -> {
          Instant sent = clock.instant();
          Map<String, String> headers = headers();
          headers.put("Content-Type", "application/octet-stream");
          headers.putAll(more);
          HttpRequest.BodyPublisher body = body(file);
          archivist.put(path, body, headers);
          Flow back =
              new Flow(flow.id(), flow.phase(), "archivist", clock.instant(), flow.traceparent());
          hops.accept(
              back.hop(
                      Step.RESULTS_PERSISTED,
                      "persist the " + what,
                      flow.from(),
                      Medium.HTTP,
                      sent,
                      clock.instant())
                  .sending(new Shown.Persisted(what, body.contentLength())));
          return file;
        });
  }

  /// Never through a link: a build may have put it there, to what it does not see itself.
  private static HttpRequest.BodyPublisher body(Path file) throws FileNotFoundException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileNotFoundException(file + " is not a file.");
    }
    return HttpRequest.BodyPublishers.ofFile(file);
  }

  @FunctionalInterface
  private interface Transfer<T> {
    T run() throws IOException, InterruptedException;
  }

  private <T> T retried(String complaint, Transfer<T> transfer) throws InterruptedException {
    Instant end = clock.instant().plus(AWAY_MAX);
    int broken = 0;
    long pauseMillis = PAUSE_MILLIS_MIN;
    while (true) {
      try {
        return transfer.run();
      } catch (ServiceFault fault) {
        if (!fault.isPassing() || !clock.instant().isBefore(end)) {
          throw new BuildFault(complaint + ": " + fault.getMessage(), fault);
        }
      } catch (IOException e) {
        if (++broken == BROKEN_MAX) {
          throw new BuildFault(complaint + ": " + e.getMessage(), e);
        }
      }
      TimeUnit.MILLISECONDS.sleep(pauseMillis);
      pauseMillis = Math.min(2 * pauseMillis, PAUSE_MILLIS_MAX);
    }
  }
}
