package io.terrarium.contracts.lab;

import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import io.terrarium.contracts.lab.LabPart.State;
import io.terrarium.kernel.Secret;
import java.util.List;
import java.util.Map;

/// What the control of a lab tells and is told.
public final class LabGoldens {
  private LabGoldens() {}

  public static List<Golden<?>> all() {
    return List.of(
        new Golden<>(
            "lab-state",
            new LabState(
                List.of(
                    new LabPart(
                        "archivist",
                        State.RUNNING,
                        List.of(LabAction.STOP, LabAction.PAUSE, LabAction.KILL),
                        ""),
                    new LabPart("build-worker", State.STOPPING, List.of(), ""),
                    new LabPart(
                        "redis", State.STOPPED, List.of(LabAction.START), "no port is free"),
                    new LabPart("vault", State.STARTING, List.of(), ""),
                    new LabPart("registry-api", State.PAUSED, List.of(LabAction.RESUME), "")),
                " --data /srv/lab",
                "node-1"),
            new Wire.Body<>(LabState.class)),
        new Golden<>(
            "lab-repository",
            new LabRepository("lab/network", Map.of("main.tf", "# empty\n"), "The first"),
            new Wire.Body<>(LabRepository.class)),
        new Golden<>(
            "lab-repository-access",
            new LabRepository.Access("http://127.0.0.1:3000", new Secret("a token")),
            new Wire.Body<>(LabRepository.Access.class)));
  }
}
