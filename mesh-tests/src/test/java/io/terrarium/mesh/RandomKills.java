package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ten minutes of runs in several workspaces, while one process after the other is killed,
/// whichever chance names. It takes long, so it is asked for by its name
/// (docs/how-to/kill-things.md).
class RandomKills {
  private static final int WORKSPACES = 4;
  private static final int KILL_EVERY_SECONDS = 7;
  private static final List<String> SERVERS = List.of("postgres", "redis");

  private final long seed = Long.getLong("kill.seed", System.nanoTime());
  private final int minutes = Integer.getInteger("kill.minutes", 10);
  private final Random random = new Random(seed);
  private final Map<String, Integer> kills = new TreeMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  @TempDir private Path directory;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void lose_no_run() throws Exception {
    try (FaultTrial trial = new FaultTrial(directory)) {
      List<Tried> all = new ArrayList<>(List.of(trial.tried()));
      for (int i = 1; i < WORKSPACES; i++) {
        all.add(trial.another("tried-" + i));
      }
      AtomicBoolean over = new AtomicBoolean();
      List<Thread> users = all.stream().map(one -> user(one, over)).toList();

      killFor(trial, TimeUnit.MINUTES.toSeconds(minutes));
      over.set(true);
      users.forEach(RandomKills::join);

      System.out.printf("seed %d, kills %s, runs %s%n", seed, kills, outcomes);
      assertThat(outcomes.getOrDefault("unsound", 0)).as("seed " + seed).isZero();
      assertThat(outcomes.getOrDefault("applied", 0)).as("runs").isGreaterThan(WORKSPACES);
      trial.assertNothingDead();
    }
  }

  /// One run after the other, each looked at when it has ended.
  private Thread user(Tried tried, AtomicBoolean over) {
    return Thread.ofPlatform()
        .start(() -> {
          while (!over.get()) {
            note(outcome(tried));
          }
        });
  }

  private static String outcome(Tried tried) {
    try {
      int knocks = tried.knocks();
      Tried.Ended run = tried.ended(tried.newRun());
      tried.assertSound(run, tried.knocks() - knocks, true);
      return run.status();
    } catch (RuntimeException | AssertionError e) {
      e.printStackTrace();
      return "unsound";
    }
  }

  private synchronized void note(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  private void killFor(FaultTrial trial, long seconds) {
    List<String> names = new ArrayList<>(SERVERS);
    names.addAll(MeshProcess.MAIN_CLASSES.keySet());
    names.sort(null);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      FaultTrial.pass(TimeUnit.SECONDS.toMillis(KILL_EVERY_SECONDS));
      String name = names.get(random.nextInt(names.size()));
      if (trial.killIfThere(name)) {
        kills.merge(name, 1, Integer::sum);
      }
    }
  }

  private static void join(Thread thread) {
    Eventually.until(() -> thread + " does not end", () -> !thread.isAlive());
  }
}
