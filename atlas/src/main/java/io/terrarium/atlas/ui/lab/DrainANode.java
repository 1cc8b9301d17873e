package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.node.NodeEntry;
import io.terrarium.contracts.node.NodeEntry.Drain;
import io.terrarium.contracts.node.NodeRegister;
import io.terrarium.core.run.Run;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A node is taken out of work: what it has in hand ends, what is new waits.
final class DrainANode {
  private static final String SECOND = "second";
  private static final String BOOT = "boot";
  private static final String LONG_SCRIPT =
      """
      {"plan": {"log": ["Working...", "Still working..."], "duration_ms": 60000}}
      """;
  private static final String SHORT_SCRIPT =
      """
      {"plan": {"log": ["Looking..."], "duration_ms": 500}}
      """;

  private DrainANode() {}

  static Exercise exercise() {
    return new Exercise(
        "drain-a-node",
        8,
        List.of(),
        List.of(
            Step.by("Make them, and start the long run", DrainANode::make, DrainANode::isPlanning),
            Step.seen(DrainANode::isDraining),
            Step.seen(DrainANode::waits),
            Step.seen(DrainANode::isDrained),
            Step.seen(DrainANode::isStartedAnew),
            Step.seen(DrainANode::isThrough)));
  }

  private static Map<String, String> make(Scene scene, Workbench bench) {
    var first = bench.scripted(Labs.named("drain-a-node"), LONG_SCRIPT);
    var second = bench.scripted(Labs.named("drain-a-node"), SHORT_SCRIPT);
    bench.run(first.id(), "One that takes a minute", false);
    Map<String, String> facts = new HashMap<>(Labs.made(Labs.WORKSPACE, first));
    facts.putAll(Labs.made(SECOND, second));
    node(scene).ifPresent(node -> facts.put(BOOT, node.boot()));
    return facts;
  }

  private static Optional<NodeEntry> node(Scene scene) {
    return scene.nodes().stream()
        .map(NodeRegister.Listed::entry)
        .filter(node -> node.node().equals(scene.mesh().node()))
        .findFirst();
  }

  private static Finding isPlanning(Scene scene) {
    return scene
        .newestRun(Labs.WORKSPACE)
        .filter(run -> !Labs.waits(run))
        .map(run -> Finding.done(Labs.words(run)))
        .orElseGet(() -> Finding.open("The long run has not begun yet."));
  }

  private static Finding isDraining(Scene scene) {
    return node(scene).filter(node -> node.drain() != Drain.NONE).isPresent()
        ? Finding.done("The node takes nothing new.")
        : Finding.open("The node is not being drained.");
  }

  private static Finding waits(Scene scene) {
    Optional<Run> run = scene.newestRun(SECOND);
    if (run.isEmpty()) {
      return Finding.open("The second workspace has no run yet.");
    }
    return run.filter(Labs::waits).isPresent()
        ? Finding.done("Nobody takes it: " + Labs.words(run.get()))
        : Finding.open(
            "It was planned before the node was drained. Start another run in that workspace.");
  }

  private static Finding isDrained(Scene scene) {
    return node(scene).filter(node -> node.drain() == Drain.DRAINED).isPresent()
        ? Finding.done("The long run has ended, and the node is idle.")
        : Finding.open("It still has something in hand.");
  }

  private static Finding isStartedAnew(Scene scene) {
    return node(scene)
            .filter(node -> !node.boot().equals(scene.fact(BOOT)))
            .filter(node -> node.drain() == Drain.NONE)
            .isPresent()
        ? Finding.done("This is another start of the node.")
        : Finding.open("It is still the same start of the node.");
  }

  private static Finding isThrough(Scene scene) {
    return scene
        .newestRun(SECOND)
        .filter(Labs::hasPlanned)
        .map(run -> Finding.done(Labs.words(run)))
        .orElseGet(() -> Finding.open("It waits for its turn."));
  }
}
