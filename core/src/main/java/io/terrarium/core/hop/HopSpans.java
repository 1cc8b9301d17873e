package io.terrarium.core.hop;

import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Step;
import io.terrarium.kernel.telemetry.FinishedSpan;
import io.terrarium.kernel.telemetry.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Hops as spans of OpenTelemetry's. Each phase of a run is a trace: the job that begins it is the
/// root, every other hop a part of that; an apply's trace is linked to its plan's. A hop that is
/// told twice is the same span.
public final class HopSpans {
  private static final String PLAN = "plan";
  private static final String APPLY = "apply";

  private HopSpans() {}

  /// Where the trace of a flow's phase begins.
  public static TraceContext rootOf(String flow, String phase) {
    return TraceContext.rootOf("terrarium/" + flow + "/" + phase);
  }

  static FinishedSpan of(Hop hop) {
    TraceContext root = rootOf(hop.flow(), hop.phase());
    TraceContext sent =
        Optional.ofNullable(hop.traceparent()).flatMap(TraceContext::of).orElse(root);
    boolean isRoot = hop.step() == Step.JOB_ENQUEUED && sent.equals(root);
    boolean hasRoot = !hop.phase().isEmpty() || !sent.equals(root);
    return new FinishedSpan(
        hop.to(),
        hop.name(),
        isRoot ? root : sent.child(hop.sentAt() + hop.from() + hop.to() + hop.name()),
        isRoot || !hasRoot ? Optional.empty() : Optional.of(sent),
        isRoot && hop.phase().equals(APPLY)
            ? Optional.of(rootOf(hop.flow(), PLAN))
            : Optional.empty(),
        hop.medium() == Medium.REDIS || hop.medium() == Medium.RABBITMQ,
        hop.sentAt(),
        hop.doneAt(),
        Optional.of(hop.outcome()).filter(outcome -> !outcome.equals("ok")),
        attributes(hop));
  }

  private static Map<String, String> attributes(Hop hop) {
    Map<String, String> attributes = new LinkedHashMap<>();
    hop.facts().forEach((name, value) -> attributes.put("terrarium." + name, value));
    attributes.put("terrarium.flow", hop.flow());
    attributes.put("terrarium.phase", hop.phase());
    attributes.put("terrarium.step", Integer.toString(hop.step()));
    attributes.put("terrarium.from", hop.from());
    attributes.put("terrarium.medium", hop.medium().wire());
    attributes.put("terrarium.attempt", Integer.toString(hop.attempt()));
    attributes.put("terrarium.bytes", Long.toString(hop.bytes()));
    return attributes;
  }
}
