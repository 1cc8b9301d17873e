package io.terrarium.buildworker;

import io.terrarium.contracts.archivist.LogPosition;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.TerraformOffer;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;

/// What atlas grants, and how archivist takes a log.
final class Grants {
  private Grants() {}

  /// A plan for the scripted engine; its objects are below `/object`, its log is `/log`.
  static Claims.Granted plan(String phase, int beatSeconds) {
    return new Claims.Granted(
        1,
        1,
        60,
        beatSeconds,
        new BuildSpecification(
            BuildSpecification.VERSION,
            new RunId("run-1"),
            Phase.PLAN,
            phase,
            "acme",
            "shop",
            "ws-1",
            "prod",
            "a token of the run",
            "1.11.4+scripted",
            "",
            new BuildSpecification.Options(
                false, true, false, false, false, false, false, List.of(), List.of()),
            List.of(),
            false,
            null,
            60,
            new BuildSpecification.Objects(
                "/object/slug",
                null,
                "/object/plan",
                "/object/plan-json",
                "/object/redacted",
                "/object/schemas",
                null,
                null,
                "/log"),
            TerraformOffer.NONE));
  }

  /// All of it is welcome.
  static Reply append(Call call) {
    long offset = call.query("offset").map(Long::parseLong).orElse(0L);
    boolean isEnd = call.query("end").isPresent();
    return Reply.json(200, new LogPosition(offset + call.body().length, isEnd));
  }
}
