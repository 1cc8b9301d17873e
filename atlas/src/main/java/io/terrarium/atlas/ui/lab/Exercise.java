package io.terrarium.atlas.ui.lab;

import java.util.List;
import java.util.Optional;

/// A guided exercise. Its words are a text of the same name.
///
/// @param minutes that it takes, about
/// @param parts of the mesh that it breaks
public record Exercise(String name, int minutes, List<String> parts, List<Step> steps) {
  /// In the order in which they build upon each other.
  static final List<Exercise> ALL =
      List.of(
          FollowARun.exercise(),
          StopAWorker.exercise(),
          StopRedis.exercise(),
          FillTheQueue.exercise(),
          ForgeAWebhook.exercise(),
          DrainANode.exercise(),
          RestoreABackup.exercise());

  static Optional<Exercise> find(String name) {
    return ALL.stream().filter(exercise -> exercise.name().equals(name)).findFirst();
  }

  public Exercise {
    parts = List.copyOf(parts);
    steps = List.copyOf(steps);
  }
}
