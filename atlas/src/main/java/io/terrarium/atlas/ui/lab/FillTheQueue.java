package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.node.NodeRegister;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunStatus;
import io.terrarium.core.workspace.Workspace;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// More runs than there are slots: what goes first?
final class FillTheQueue {
  private static final String URGENT = "urgent";
  private static final String FILLER = "filler-";
  private static final String COUNT = "count";
  private static final int FILLERS_MAX = 40;
  private static final String FILLER_SCRIPT =
      """
      {"plan": {"log": ["Working..."], "duration_ms": 10000}}
      """;
  private static final String URGENT_SCRIPT =
      """
      {
        "plan": {"log": ["Looking..."], "duration_ms": 500, "changes": {"add": 1}},
        "apply": {"log": ["Creating..."], "duration_ms": 2000}
      }
      """;

  private FillTheQueue() {}

  static Exercise exercise() {
    return new Exercise(
        "fill-the-queue",
        8,
        List.of(),
        List.of(
            Step.by("Make the workspaces", FillTheQueue::make, FillTheQueue::isReady),
            Step.by("Fill the queue", FillTheQueue::fill, FillTheQueue::isFull),
            Step.seen(FillTheQueue::hasOvertaken),
            Step.seen(FillTheQueue::isEmpty),
            Step.asked(
                "last",
                List.of(
                    new Choice("applies", "Applies"),
                    new Choice("plans", "Plans of runs that may be applied"),
                    new Choice("speculative", "Plan-only runs")),
                FillTheQueue::wentLast)));
  }

  private static Map<String, String> make(Scene scene, Workbench bench) {
    int slots = scene.nodes().stream().mapToInt(FillTheQueue::slots).sum();
    int count = Math.clamp(2L * slots + 4, 6, FILLERS_MAX);
    Map<String, String> facts = new HashMap<>();
    facts.put(COUNT, Integer.toString(count));
    for (int i = 0; i < count; i++) {
      Workspace filler = bench.scripted(Labs.named("fill-the-queue"), FILLER_SCRIPT);
      facts.putAll(Labs.made(FILLER + i, filler));
    }
    Workspace urgent = bench.scripted(Labs.named("urgent"), URGENT_SCRIPT);
    bench.run(urgent.id(), "Something urgent", false);
    facts.putAll(Labs.made(URGENT, urgent));
    return facts;
  }

  private static int slots(NodeRegister.Listed node) {
    return node.entry().slots();
  }

  private static Finding isReady(Scene scene) {
    Optional<Run> urgent = scene.newestRun(URGENT);
    if (urgent.isEmpty()) {
      return Finding.open("There are no workspaces yet.");
    }
    return urgent.get().isConfirmable() || urgent.get().status() == RunStatus.APPLIED
        ? Finding.done("The urgent run waits for your word.")
        : Finding.open("The urgent run plans.");
  }

  /// Every second one is plan-only.
  private static Map<String, String> fill(Scene scene, Workbench bench) {
    for (int i = 0; i < count(scene); i++) {
      if (scene.newestRun(FILLER + i).isEmpty()) {
        bench.run(new WorkspaceId(scene.fact(FILLER + i)), "Filler " + i, i % 2 == 0);
      }
    }
    return Map.of();
  }

  private static int count(Scene scene) {
    return scene.fact(COUNT).isEmpty() ? 0 : Integer.parseInt(scene.fact(COUNT));
  }

  private static List<Run> fillers(Scene scene) {
    return IntStream.range(0, count(scene))
        .mapToObj(i -> scene.newestRun(FILLER + i))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Finding isFull(Scene scene) {
    List<Run> fillers = fillers(scene);
    long waiting = fillers.stream().filter(Labs::waits).count();
    return waiting > 0 && fillers.size() == count(scene)
        ? Finding.done(waiting + " of " + fillers.size() + " runs wait for a slot.")
        : Finding.open(fillers.isEmpty() ? "The queue is empty." : "Nobody has to wait.");
  }

  private static Finding hasOvertaken(Scene scene) {
    Optional<Instant> confirmed = at(scene.newestRun(URGENT), "confirmed-at");
    Optional<Instant> applying = at(scene.newestRun(URGENT), "applying-at");
    if (applying.isEmpty() || confirmed.isEmpty()) {
      return Finding.open("The urgent run has not been confirmed, or its apply waits for a slot.");
    }
    long overtaken =
        fillers(scene).stream()
            .filter(run -> run.createdAt().isBefore(confirmed.get()))
            .filter(run -> begun(run).filter(applying.get()::isAfter).isEmpty())
            .count();
    return overtaken > 0
        ? Finding.done("Its apply began before " + overtaken + " plans that had come earlier.")
        : Finding.open(
            "All plans had begun before the apply was confirmed, so it overtook nobody. Begin this"
                + " exercise anew, and confirm sooner.");
  }

  private static Finding isEmpty(Scene scene) {
    List<Run> fillers = fillers(scene);
    long left = fillers.stream().filter(run -> !Labs.hasPlanned(run)).count();
    return left == 0
        ? Finding.done("They began in this order: " + order(fillers) + ".")
        : Finding.open(left + " of " + fillers.size() + " are not through yet.");
  }

  private static String order(List<Run> runs) {
    return runs.stream()
        .sorted(Comparator.comparing(run -> begun(run).orElse(Instant.MAX)))
        .map(run -> run.options().planOnly() ? "plan-only" : "plan")
        .collect(Collectors.joining(", "));
  }

  /// Whichever kind the last third of those that began are mostly of.
  private static boolean wentLast(Scene scene, String answer) {
    List<Run> began =
        fillers(scene).stream()
            .sorted(Comparator.comparing(run -> begun(run).orElse(Instant.MAX)))
            .toList();
    Stream<Run> last = began.stream().skip(began.size() - Math.max(1, began.size() / 3));
    long planOnly = last.filter(run -> run.options().planOnly()).count();
    return answer.equals("speculative") && planOnly > 0;
  }

  private static Optional<Instant> begun(Run run) {
    return at(Optional.of(run), "planning-at");
  }

  private static Optional<Instant> at(Optional<Run> run, String key) {
    return run.map(found -> found.timestamps().times().get(key));
  }
}
