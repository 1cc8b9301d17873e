package io.terrarium.atlas.internal;

import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.ShownEvent;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.core.dispatch.Workers;
import io.terrarium.core.hop.Hops;
import io.terrarium.core.run.Builds;
import io.terrarium.core.run.PhaseClaims;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Claims, beats and results of builds; hops of everybody.
public final class BuildsApi {
  private static final String ROUTER = "router";
  private static final String ATLAS = "atlas";

  private final PhaseClaims claims;
  private final Builds builds;
  private final Workers workers;
  private final Hops hops;
  private final Consumer<Hop> ownHops;
  private final Clock clock;

  /// @param ownHops takes those that end with atlas
  public BuildsApi(
      PhaseClaims claims,
      Builds builds,
      Workers workers,
      Hops hops,
      Consumer<Hop> ownHops,
      Clock clock) {
    this.claims = claims;
    this.builds = builds;
    this.workers = workers;
    this.hops = hops;
    this.clock = clock;
    this.ownHops = ownHops;
  }

  public void mount(Api api) {
    api.post(InternalApi.CLAIM, this::claim);
    api.post(InternalApi.BEAT, this::beat);
    api.post(InternalApi.BUILD_EVENTS, this::ended);
    api.post(InternalApi.WORKERS, this::worker);
    api.get(InternalApi.NODE_BUILDS, this::ofNode);
    api.post(InternalApi.HOPS, this::hops);
  }

  private Reply claim(Call call) {
    Instant received = clock.instant();
    Claims.Request request = call.json(Claims.Request.class);
    String phaseId = call.path("phase_id");
    return switch (claims.claim(phaseId, request.worker(), request.delivery())) {
      case PhaseClaims.Answer.Granted(Claims.Granted granted) -> {
        Flow flow = Flow.of(call::header, received);
        ownHops.accept(
            flow.hop(
                    Step.OURS,
                    "claim the phase, fetch what it needs",
                    ATLAS,
                    Medium.HTTP,
                    received,
                    clock.instant())
                .inAttempt(granted.attempt())
                .sending(Shown.Claim.of(phaseId, request)));
        yield Reply.json(200, granted);
      }
      case PhaseClaims.Answer.Held(Instant until) -> Reply.json(409, new Claims.Held(1, until));
      case PhaseClaims.Answer.Over _ -> throw new Fault.Gone("The phase is over.");
    };
  }

  private Reply beat(Call call) {
    Claims.Beat beat = call.json(Claims.Beat.class);
    Claims.Wish wish =
        claims
            .beat(call.path("phase_id"), beat.worker(), beat.attempt())
            .orElseThrow(() -> new Fault.Conflict("The claim is lost."));
    return Reply.json(200, new Claims.Renewed(1, wish));
  }

  /// The documents' steps 7 and 8 end here: build-manager posted the result to the internal
  /// webhook, and the router forwarded it.
  private Reply ended(Call call) {
    Instant received = clock.instant();
    BuildEvent event = call.json(BuildEvent.class);
    builds.ended(event);
    Arrival arrival = Arrival.of(call, received);
    Instant forwarded = arrival.forwardedAt();
    Flow flow = arrival.flow().named(event.runId().value(), event.phase().wire());
    ownHops.accept(
        flow.hop(
                Step.INTERNAL_WEBHOOK,
                "post the result to the internal webhook",
                ROUTER,
                Medium.HTTP,
                forwarded,
                forwarded)
            .inAttempt(event.attempt())
            .carrying(arrival.bytes())
            .sending(ShownEvent.posted(event)));
    ownHops.accept(
        flow.on(ROUTER, forwarded)
            .hop(
                Step.FORWARDED_TO_ATLAS,
                "forward the result; the state machine moves on",
                ATLAS,
                Medium.HTTP,
                received,
                clock.instant())
            .inAttempt(event.attempt())
            .carrying(arrival.bytes())
            .telling(Map.of("kind", event.getClass().getSimpleName()))
            .sending(ShownEvent.posted(event)));
    return Reply.noContent();
  }

  private Reply worker(Call call) {
    return Reply.json(200, workers.beat(call.json(WorkerBeat.class)));
  }

  private Reply ofNode(Call call) {
    return Reply.json(200, workers.builds(call.path("node")));
  }

  private Reply hops(Call call) {
    hops.record(List.of(call.json(Hop[].class)));
    return Reply.noContent();
  }
}
