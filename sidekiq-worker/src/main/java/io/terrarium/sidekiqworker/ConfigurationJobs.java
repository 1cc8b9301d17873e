package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.readme.Readmes;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.sidekiqworker.readme.SlugReadme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/// Jobs about configurations.
final class ConfigurationJobs {
  private static final long REST_BYTES_MAX = 16L * 1024 * 1024;
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Readmes readmes;
  private final Outbox outbox;
  private final ServiceClient archivist;

  ConfigurationJobs(Readmes readmes, Outbox outbox, ServiceClient archivist) {
    this.readmes = readmes;
    this.outbox = outbox;
    this.archivist = archivist;
  }

  /// Looks for the README while the slug streams by, and keeps what was found with the deletion of
  /// the job's outbox row. A repetition has nothing to do, nor has the job of a configuration that
  /// is gone by now, or that another has followed. One that cannot be read has no README; only
  /// where its bytes do not come is it tried again.
  void readReadme(Job.ReadReadme job, Flow flow, String jid) {
    Optional<Readmes.Place> place = readmes.place(job.configurationVersionId());
    Optional<InputStream> slug =
        place.flatMap(known -> archivist.get(known.slugPath(), flow.headers()));
    if (slug.isEmpty()) {
      outbox.done(jid);
      return;
    }
    try (InputStream bytes = slug.get()) {
      String directory = place.map(Readmes.Place::workingDirectory).orElse("");
      Optional<String> markdown = SlugReadme.of(bytes, directory);
      letCome(bytes);
      readmes.keep(job.configurationVersionId(), markdown, jid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes the rest, unless it is much: an answer that breaks off looks like a fault to archivist,
  /// and the connection is lost.
  private static void letCome(InputStream rest) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long taken = 0;
    int count;
    do {
      count = rest.read(buffer);
      taken += count;
    } while (count >= 0 && taken < REST_BYTES_MAX);
  }
}
