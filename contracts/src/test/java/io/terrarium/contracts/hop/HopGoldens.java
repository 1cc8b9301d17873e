package io.terrarium.contracts.hop;

import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The flow in headers, and the hops that are reported of it.
public final class HopGoldens {
  private static final Instant SENT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final Flow FLOW = new Flow("run-CZcmD7eagjhyX0vN", "plan", "atlas", SENT, TRACE);

  private HopGoldens() {}

  public static List<Golden<?>> all() {
    Flow bare = new Flow("cv-ntv3HbhJqvFzamy7", "", "atlas", SENT, null);
    return List.of(
        new Golden<>("flow-headers", FLOW, new Wire.Headers()),
        new Golden<>("flow-headers-untraced", bare, new Wire.Headers()),
        new Golden<>(
            "hops",
            Arrays.stream(Medium.values()).map(HopGoldens::hop).toArray(Hop[]::new),
            new Wire.Body<>(Hop[].class)),
        new Golden<>(
            "hops-untraced",
            new Hop[] {bare.hop(Step.OURS, "store", "archivist", Medium.S3, SENT, SENT)},
            new Wire.Body<>(Hop[].class)));
  }

  private static Hop hop(Medium medium) {
    return FLOW.hop(
            Step.JOB_ENQUEUED,
            "enqueue plan",
            "sidekiq-worker",
            medium,
            SENT.plusMillis(1),
            SENT.plusMillis(20))
        .inAttempt(2)
        .carrying(4_294_967_296L)
        .telling(Map.of("job_id", "0af7651916cd43dd8448eb21"))
        .sending(new Shown.Refs("git.example.com"));
  }
}
