package io.terrarium.atlas.internal;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.run.Builds;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.Runs;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.Map;
import java.util.function.Consumer;

/// Archivist's word that an object is stored. The uploader has its 2xx only after ours.
public final class ObjectsApi {
  private final Map<String, Consumer<ObjectStored>> receivers;

  /// @param others what else can be told, by the callback's type
  public ObjectsApi(
      ConfigurationVersions configurations,
      Runs runs,
      Builds builds,
      Map<String, Consumer<ObjectStored>> others) {
    Map<String, Consumer<ObjectStored>> all = new java.util.HashMap<>(others);
    all.put(
        "configuration-version",
        stored ->
            configurations.stored(
                stored,
                (db, configuration) -> {
                  if (configuration.autoQueueRuns()) {
                    runs.createFor(db, configuration);
                  }
                }));
    all.put("apply-state", builds::stateUploaded);
    all.put(RunObjects.ERRORED_STATE, builds::erroredStateUploaded);
    receivers = Map.copyOf(all);
  }

  public void mount(Api api) {
    api.post(InternalApi.OBJECTS, this::stored);
  }

  private Reply stored(Call call) {
    ObjectStored stored = call.json(ObjectStored.class);
    Consumer<ObjectStored> receiver = receivers.get(stored.type());
    if (receiver == null) {
      throw new Fault.BadRequest("Unknown type of object: " + stored.type());
    }
    receiver.accept(stored);
    return Reply.noContent();
  }
}
