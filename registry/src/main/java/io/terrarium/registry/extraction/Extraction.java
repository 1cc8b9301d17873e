package io.terrarium.registry.extraction;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.kernel.Outage;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.registry.hcl.HclFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches a slug from archivist and reads the modules in it.
public final class Extraction {
  private static final Logger log = LoggerFactory.getLogger(Extraction.class);
  private static final Duration VALID = Duration.ofMinutes(10);

  private final ServiceClient archivist;
  private final SignedPaths paths;
  private final Clock clock;

  public Extraction(ServiceClient archivist, SignedPaths paths, Clock clock) {
    this.archivist = archivist;
    this.paths = paths;
    this.clock = clock;
  }

  /// How it ended for good.
  sealed interface Outcome {
    record Read(List<ModuleContent> modules) implements Outcome {}

    /// @param reason may quote the module; it is kept short, and without what PostgreSQL cannot
    ///   keep
    record Failed(String reason) implements Outcome {
      private static final int CHARACTERS_MAX = 2_000;

      public Failed {
        String text =
            reason.length() <= CHARACTERS_MAX
                ? reason
                : reason.substring(0, CHARACTERS_MAX - 1) + "…";
        // Half a character beyond the first 65,536 of Unicode becomes a question mark.
        reason =
            new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replace('\0', '\uFFFD');
      }
    }
  }

  /// @param progress called every few seconds while the slug comes in
  /// @throws RuntimeException when the slug does not come, which says nothing of it
  Outcome of(String objectId, Map<String, String> headers, Runnable progress) {
    long expires = clock.instant().plus(VALID).getEpochSecond();
    String path =
        paths.sign(new ObjectClaims(ObjectClaims.Action.READ, objectId, expires, 0, 0, null));
    Optional<InputStream> slug = archivist.get(path, headers);
    if (slug.isEmpty()) {
      return new Outcome.Failed("The archive is not in the store.");
    }
    try (InputStream bytes = new WatchedStream(slug.get(), clock, progress)) {
      return read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Outcome read(InputStream bytes) {
    try {
      return new Outcome.Read(Slug.read(bytes, SlugLimits.USUAL));
    } catch (SlugFault fault) {
      return new Outcome.Failed(fault.reason());
    } catch (HclFault fault) {
      return new Outcome.Failed(String.valueOf(fault.getMessage()));
    } catch (UncheckedIOException notHere) {
      throw notHere;
    } catch (RuntimeException bug) {
      if (bug instanceof Outage outage && outage.isPassing()) {
        throw bug;
      }
      // The next try would end the same; whoever waits for the version is to know.
      return mistake(bug);
    } catch (StackOverflowError bug) {
      return mistake(bug);
    }
  }

  private static Outcome mistake(Throwable bug) {
    log.atError().setCause(bug).log("a slug could not be read by a bug");
    return new Outcome.Failed(
        "The registry cannot read this module, by a mistake of its own; its log says more.");
  }
}
