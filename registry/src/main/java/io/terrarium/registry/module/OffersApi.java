package io.terrarium.registry.module;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.AvailabilityStep;
import io.terrarium.contracts.registry.ExtractionRequest;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.registry.version.OfferedNames;
import java.time.Clock;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What atlas says of versions of modules. What is saved here is not lost when the worker cannot be
/// reached, or either of us dies: the worker looks for what is unfinished by itself.
public final class OffersApi {
  private static final Logger log = LoggerFactory.getLogger(OffersApi.class);

  private final Database database;
  private final ServiceClient worker;
  private final HopReporter hops;
  private final Clock clock;
  private final String self;
  private final OfferStore store = new OfferStore();

  /// @param self as hops name this program
  public OffersApi(
      Database database, ServiceClient worker, HopReporter hops, Clock clock, String self) {
    this.database = database;
    this.worker = worker;
    this.hops = hops;
    this.clock = clock;
    this.self = self;
  }

  public void mount(Api api) {
    api.post(InternalApi.MODULE_VERSIONS, this::offer);
    api.get(InternalApi.MODULE_VERSION, this::show);
    api.delete(InternalApi.MODULE_VERSION, this::delete);
  }

  private Reply offer(Call call) {
    Instant received = clock.instant();
    ModuleVersionOffer offer = call.json(ModuleVersionOffer.class);
    OfferedNames.requireNames(offer.organizationId().value(), offer.name(), offer.provider());
    OfferedNames.requireVersion(offer.version());
    database.useTransaction(db -> {
      store
          .otherAt(db, offer)
          .ifPresent(other -> {
            throw new Fault.Conflict(
                "The version %s of %s/%s/%s is %s already; delete that first."
                    .formatted(
                        offer.version(),
                        offer.organizationId(),
                        offer.name(),
                        offer.provider(),
                        other));
          });
      store.save(db, offer);
    });
    Flow flow = Flow.of(call::header, received);
    passOn(offer.moduleVersionId(), flow);
    if (!flow.id().isEmpty()) {
      hops.add(
          flow.hop(
                  AvailabilityStep.OBJECT_ID_SENT,
                  "send the object id",
                  self,
                  Medium.HTTP,
                  received,
                  clock.instant())
              .sending(Shown.Offer.of(offer)));
    }
    return Reply.of(202);
  }

  private void passOn(ModuleVersionId id, Flow flow) {
    try {
      worker.post(
          InternalApi.EXTRACTIONS,
          new ExtractionRequest(ExtractionRequest.VERSION, id),
          flow.on(self, clock.instant()).headers());
    } catch (ServiceFault fault) {
      log.atWarn()
          .addKeyValue("module_version_id", id.value())
          .addKeyValue("reason", fault.summary())
          .log("the worker will find the version by itself, since it was not told");
    }
  }

  private Reply show(Call call) {
    ModuleVersionId id = call.path("module_version_id", ModuleVersionId::new);
    return Reply.json(
        200, database.read(db -> store.metadata(db, id)).orElseThrow(Fault.NotFound::new));
  }

  private Reply delete(Call call) {
    ModuleVersionId id = call.path("module_version_id", ModuleVersionId::new);
    database.useTransaction(db -> store.delete(db, id));
    return Reply.noContent();
  }
}
