package io.terrarium.atlas.ui.mesh;

import io.terrarium.contracts.build.BuildTopology;
import java.util.List;

/// What the queues and exchanges of [BuildTopology] are for, in the documents' words.
final class BrokerWords {
  private static final String ROUTED = "build-manager and build-worker";

  /// In the order in which workers look at them.
  static final List<Queue> QUEUES =
      List.of(
          new Queue(
              BuildTopology.APPLY_QUEUE,
              "Applies that wait for a build worker. A free worker takes them before all else.",
              "build-manager",
              "build-worker"),
          new Queue(
              BuildTopology.PLAN_QUEUE,
              "Plans that may be applied. A free worker takes them once no apply waits.",
              "build-manager",
              "build-worker"),
          new Queue(
              BuildTopology.SPECULATIVE_QUEUE,
              "Plans that are never applied, such as those of pull requests. They come last.",
              "build-manager",
              "build-worker"),
          new Queue(
              BuildTopology.EVENT_QUEUE,
              "How plans and applies have ended, on the way back to atlas' internal webhook.",
              "build-worker",
              "build-manager"),
          new Queue(
              BuildTopology.DEAD_LETTER_QUEUE,
              "Messages that nobody can use, each with the reason in its header x-reason. A person"
                  + " looks at them.",
              "whoever could not use them",
              "nobody"));

  static final List<Exchange> EXCHANGES =
      List.of(
          new Exchange(
              BuildTopology.EXCHANGE,
              "Brings each message to the queue that it is addressed to.",
              ROUTED,
              ""),
          new Exchange(
              BuildTopology.CANCEL_EXCHANGE,
              "Tells all workers at once that a phase was canceled; the one that has it asks atlas.",
              "build-manager",
              "a queue of each build worker's own, which goes with its connection"));

  private BrokerWords() {}

  record Queue(String name, String purpose, String publisher, String consumer) {}

  /// @param besides what is bound beyond the topology, "" for nothing
  record Exchange(String name, String purpose, String publisher, String besides) {}
}
