package io.terrarium.mesh;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pushes, tags and uploads in a row, none of which waits for the one before, while one service
/// after the other is killed, whichever chance names. It takes long, so it is asked for by its name
/// (docs/how-to/kill-things.md).
class RandomGitKills {
  private static final int EVERY_SECONDS = 4;
  private static final int KILL_EVERY_SECONDS = 5;
  private static final List<String> SERVICES =
      List.of(
          "archivist",
          "atlas",
          "outbound-proxy",
          "registry-api",
          "registry-worker",
          "sidekiq-worker",
          "slug-ingress");

  private final long seed = Long.getLong("kill.seed", System.nanoTime());
  private final int pushes = Integer.getInteger("kill.pushes", 40);
  private final Random random = new Random(seed);
  private final Map<String, Integer> kills = new TreeMap<>();

  @TempDir private Path directory;

  @Test
  @Timeout(value = 60, unit = TimeUnit.MINUTES)
  void lose_no_push_no_tag_and_no_upload() throws Exception {
    try (FaultTrial trial = new FaultTrial(directory);
        GitLab git = new GitLab(trial.site(), FaultTrial.ORGANIZATION);
        IngestedPushes pushed = new IngestedPushes(trial.site(), git, "pushed");
        IngestedTags tagged = new IngestedTags(trial.site(), git, "tagged");
        IngestedUploads uploaded = new IngestedUploads(trial.site(), "uploaded");
        ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> bringing =
          List.of(
              people.submit(() -> inARow(pushed::push)),
              people.submit(() -> inARow(tagged::push)),
              people.submit(() -> inARow(uploaded::upload)));

      killWhile(trial, bringing);

      System.out.printf("seed %d, kills %s, each of %d%n", seed, kills, pushes);
      for (Future<?> one : bringing) {
        one.get();
      }
      pushed.assertSettled();
      tagged.assertSettled();
      uploaded.assertSettled();
      FaultTrial.rest();
      pushed.assertNothingTwice();
      trial.assertNothingDead();
    }
  }

  private void inARow(Runnable bring) {
    for (int i = 0; i < pushes; i++) {
      bring.run();
      FaultTrial.pass(TimeUnit.SECONDS.toMillis(EVERY_SECONDS));
    }
  }

  private void killWhile(FaultTrial trial, List<Future<?>> bringing) {
    while (!bringing.stream().allMatch(Future::isDone)) {
      FaultTrial.pass(TimeUnit.SECONDS.toMillis(KILL_EVERY_SECONDS));
      String name = SERVICES.get(random.nextInt(SERVICES.size()));
      if (trial.killIfThere(name)) {
        kills.merge(name, 1, Integer::sum);
      }
    }
  }
}
