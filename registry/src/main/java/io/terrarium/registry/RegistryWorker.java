package io.terrarium.registry;

import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ExtractionRequest;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.registry.extraction.Availability;
import io.terrarium.registry.extraction.Extraction;
import io.terrarium.registry.extraction.Shifts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads what modules hold, so that the API can serve them, and tells atlas how it went.
public final class RegistryWorker {
  private static final String NAME = "registry-worker";
  private static final Duration ARCHIVIST_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration ATLAS_TIMEOUT = Duration.ofSeconds(20);

  private final Availability availability;
  private final Shifts shifts;
  private final Clock clock;

  private RegistryWorker(Availability availability, Shifts shifts, Clock clock) {
    this.availability = availability;
    this.shifts = shifts;
    this.clock = clock;
  }

  public static Service start(RegistryWorkerConfig config, Platform platform) {
    return Service.start(
        NAME,
        platform,
        config.listen(),
        List.of(FlowLog.filter()),
        parts -> {
          Database database =
              parts.add(
                  Database.open(config.database(), NAME, RegistryMigrations.SCHEMA, List.of()));
          database.validate(RegistryMigrations.LOCATION);
          Availability availability = availability(config, database, parts, platform.clock());
          RegistryWorker worker =
              new RegistryWorker(
                  availability, parts.add(new Shifts(availability)), platform.clock());
          worker.shifts.start();
          return api -> {
            new Health().with("database", database::check).mount(api);
            api.behind(BearerToken.required(config.internalToken()))
                .post(InternalApi.EXTRACTIONS, worker::extract);
          };
        });
  }

  private static Availability availability(
      RegistryWorkerConfig config, Database database, Parts parts, Clock clock) {
    Extraction extraction =
        new Extraction(
            parts.add(new ServiceClient(config.router(), Optional.empty(), ARCHIVIST_TIMEOUT)),
            new SignedPaths(List.of(Mac.sha256(config.archivistToken()))),
            clock);
    return new Availability(
        database,
        extraction,
        parts.add(
            new ServiceClient(config.router(), Optional.of(config.internalToken()), ATLAS_TIMEOUT)),
        parts.add(new HopReporter(NAME, config.router(), config.internalToken())),
        clock,
        NAME);
  }

  static void main(String[] args) {
    Program.serve(NAME, RegistryWorkerConfig::from, RegistryWorker::start);
  }

  private Reply extract(Call call) {
    Instant received = clock.instant();
    ExtractionRequest request = call.json(ExtractionRequest.class);
    availability.expect(request.moduleVersionId(), Flow.of(call::header, received), received);
    shifts.wake();
    return Reply.of(202);
  }
}
