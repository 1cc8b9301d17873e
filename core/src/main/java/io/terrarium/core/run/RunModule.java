package io.terrarium.core.run;

import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.core.sshkey.SshKeys;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.vault.Transit;
import java.util.function.Supplier;

/// Everything about runs, wired.
///
/// @param runs as people make and see them
/// @param actions what people do to them
/// @param comments what people say about them
/// @param claims who may run terraform for a phase
/// @param builds what workers say about phases
/// @param dispatch lets phases out
/// @param timers ends what has lost its worker
/// @param counts for metrics
public record RunModule(
    Runs runs,
    RunActions actions,
    RunComments comments,
    PhaseClaims claims,
    Builds builds,
    RunDispatch dispatch,
    RunTimers timers,
    RunCounts counts) {

  /// What runs need of their neighbours.
  public record Neighbours(
      Access access,
      Tokens tokens,
      ConfigurationVersions configurations,
      Transit transit,
      RunObjects objects,
      CurrentState currentState,
      AppliedState appliedState,
      TerraformVersions versions,
      RunFollower follower,
      Supplier<GeneralSettings> settings,
      Capacity capacity) {}

  public static RunModule of(RunParts parts, Neighbours near) {
    RunSteps steps = new RunSteps(parts, near.appliedState(), near.follower());
    PinnedVariables variables = new PinnedVariables(near.transit());
    BuildSpecifications specifications =
        new BuildSpecifications(
            variables,
            ValueCipher.of(near.transit(), SshKeys.VAULT_KEY),
            near.objects(),
            near.currentState(),
            near.versions(),
            near.settings(),
            near.capacity());
    PhaseRelease release = new PhaseRelease(parts.outbox(), specifications);
    RunCreation creation =
        new RunCreation(near.configurations(), variables, near.versions(), steps, parts);
    PhaseClaims claims = new PhaseClaims(parts, specifications, near.tokens(), steps);
    RunComments comments = new RunComments(parts, near.access(), steps);
    return new RunModule(
        new Runs(parts, near.access(), creation, steps),
        new RunActions(parts, near.access(), steps, comments),
        comments,
        claims,
        new Builds(parts, claims, steps),
        new RunDispatch(parts.database(), release, near.settings()),
        new RunTimers(parts.database(), release, steps),
        new RunCounts(parts.database()));
  }
}
