package io.terrarium.atlas;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.build.BuildEvent.PlanSummary;
import io.terrarium.contracts.build.BuildEvent.Timings;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.json.Json;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Says to atlas what a build worker and build-manager say, over the internal routes.
final class MeshWorker {
  private static final String NAME = "worker-1";

  private final ApiClient mesh;
  private final SignedObjects objects;
  private final AtomicInteger deliveries = new AtomicInteger();

  MeshWorker(AtlasFixture atlas) {
    mesh = atlas.mesh();
    objects = atlas.objects();
  }

  /// A phase in the worker's hands.
  record Held(Claims.Granted claim) {
    BuildSpecification build() {
      return claim.build();
    }
  }

  Answer claimAnswer(String phaseId) {
    String delivery = "dlv-" + deliveries.incrementAndGet();
    return post(
        InternalApi.at(InternalApi.CLAIM, phaseId), new Claims.Request(1, NAME, 1, delivery));
  }

  /// As workers did that knew of no deliveries.
  Answer claimAsBefore(String phaseId) {
    return mesh.send(
        "POST",
        InternalApi.at(InternalApi.CLAIM, phaseId),
        "{\"v\":1,\"worker\":\"" + NAME + "\",\"command\":1}",
        Map.of());
  }

  Held claim(String phaseId) {
    try {
      return new Held(Json.SNAKE.readValue(claimAnswer(phaseId).text(), Claims.Granted.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError("no claim", e);
    }
  }

  /// Plans with these changes; both JSON forms of the plan, and its schemas, are stored before.
  void finishPlan(Held held, Changes changes) {
    BuildSpecification.Objects paths = held.build().objects();
    objects.put(String.valueOf(paths.planJson()), "{\"secret\":\"shown\"}");
    objects.put(String.valueOf(paths.planJsonRedacted()), "{\"secret\":\"hidden\"}");
    objects.put(String.valueOf(paths.planSchemas()), "{\"provider_schemas\":{}}");
    end(planFinished(held, held.claim().attempt(), changes));
  }

  BuildEvent planFinished(Held held, int attempt, Changes changes) {
    boolean any = !changes.equals(new Changes(0, 0, 0, 0));
    return new BuildEvent.PlanFinished(
        1,
        held.build().runId(),
        held.build().phaseId(),
        attempt,
        NAME,
        new Timings(List.of(new Timings.Timing("init", 1200), new Timings.Timing("plan", 800))),
        false,
        new PlanSummary(any, changes, "1.11.4", null, true));
  }

  /// Applies, and leaves `state`.
  void finishApply(Held held, String state, Changes changes) {
    objects.put(String.valueOf(held.build().objects().stateUpload()), state);
    end(
        new BuildEvent.ApplyFinished(
            1,
            held.build().runId(),
            held.build().phaseId(),
            held.claim().attempt(),
            NAME,
            new Timings(List.of(new Timings.Timing("apply", 900))),
            false,
            changes));
  }

  /// Hands over a state that is not its workspace's; tells how archivist answers.
  int strand(Held held, String state) {
    return objects.put(String.valueOf(held.build().objects().erroredState()), state);
  }

  BuildEvent errored(RunId run, Phase phase, String phaseId, int attempt) {
    return new BuildEvent.BuildErrored(
        1, run, phase, phaseId, attempt, NAME, Timings.none(), false, "exit status 1");
  }

  Answer end(BuildEvent event) {
    return post(InternalApi.BUILD_EVENTS, event);
  }

  Answer beat(String phaseId, int attempt) {
    return post(InternalApi.at(InternalApi.BEAT, phaseId), new Claims.Beat(1, NAME, attempt));
  }

  private Answer post(String path, Object body) {
    return mesh.send("POST", path, Json.SNAKE.valueToTree(body).toString(), Map.of());
  }
}
