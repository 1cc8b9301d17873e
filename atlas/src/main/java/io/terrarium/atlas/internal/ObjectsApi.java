package io.terrarium.atlas.internal;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.run.Builds;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.vcs.Arrivals;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Archivist's word that an object is stored. The uploader has its 2xx only after ours.
public final class ObjectsApi {
  private final Map<String, Consumer<ObjectStored>> receivers;
  private final Consumer<Hop> ownHops;
  private final Clock clock;

  /// @param others what else can be told, by the callback's type
  /// @param ownHops takes those that end with atlas
  public ObjectsApi(
      ConfigurationVersions configurations,
      Arrivals arrivals,
      Builds builds,
      Map<String, Consumer<ObjectStored>> others,
      Consumer<Hop> ownHops,
      Clock clock) {
    this.ownHops = ownHops;
    this.clock = clock;
    Map<String, Consumer<ObjectStored>> all = new HashMap<>(others);
    all.put("configuration-version", stored -> configurations.stored(stored, arrivals::arrived));
    all.put("apply-state", builds::stateUploaded);
    all.put(RunObjects.ERRORED_STATE, builds::erroredStateUploaded);
    receivers = Map.copyOf(all);
  }

  public void mount(Api api) {
    api.post(InternalApi.OBJECTS, this::stored);
  }

  private Reply stored(Call call) {
    Instant received = clock.instant();
    ObjectStored stored = call.json(ObjectStored.class);
    Consumer<ObjectStored> receiver = receivers.get(stored.type());
    if (receiver == null) {
      throw new Fault.BadRequest("Unknown type of object: " + stored.type());
    }
    receiver.accept(stored);
    Flow flow = Flow.of(call::header, received);
    // What a run stores is told by the steps of its phases.
    if (!flow.id().isEmpty() && flow.phase().isEmpty()) {
      ownHops.accept(
          flow.hop(
                  Step.OBJECT_TO_ATLAS,
                  "post the object's id",
                  "atlas",
                  Medium.HTTP,
                  received,
                  clock.instant())
              .telling(Map.of("type", stored.type(), "id", stored.id()))
              .sending(Shown.ObjectTold.of(stored)));
    }
    return Reply.noContent();
  }
}
