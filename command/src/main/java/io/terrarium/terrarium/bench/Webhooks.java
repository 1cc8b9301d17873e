package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.terrarium.MeshFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Many signed deliveries at once. They are of tags that are no versions of the module that follows
/// the repository, so that each leaves a line and none leads to a fetch.
final class Webhooks {
  private static final int CONNECTIONS = 16;
  private static final long LOOK_MILLIS = 20;
  private static final String EVENTS =
      "/api/v2/organizations/webhooks/vcs-events?page%5Bsize%5D=100&page%5Bnumber%5D=";
  private static final Pattern TAG = Pattern.compile("of the tag (burst-\\d+),");

  private final Stage stage;
  private final int total;

  private Webhooks(Stage stage) {
    this.stage = stage;
    this.total = stage.sizes().git().deliveries();
  }

  static void measure(Stage stage) {
    try (GitOrigin origin = GitOrigin.start(stage.bench().directory("terraform-bench-hooks"))) {
      String commit =
          new GitCommits(origin.repository(), stage.clock().instant()).of("main.tf", "");
      GitConnection git = new GitConnection(stage.site(), "webhooks", origin);
      new Webhooks(stage).measure(git, commit);
    }
  }

  private void measure(GitConnection git, String commit) {
    String webhook = GitConnection.webhook(git.module());
    List<GitConnection.Delivery> deliveries = new ArrayList<>();
    for (int i = 0; i < total; i++) {
      deliveries.add(git.delivery(webhook, "refs/tags/burst-" + i, "0".repeat(40), commit));
    }
    Series acknowledged = new Series();
    long begin = burst(deliveries, acknowledged);
    stage.put(Figure.WEBHOOK_BURST_ACKNOWLEDGED_MS, (System.nanoTime() - begin) / 1e6);
    stage.put(Figure.WEBHOOK_ACKNOWLEDGED_MS_P50, acknowledged.median());
    stage.put(Figure.WEBHOOK_ACKNOWLEDGED_MS_P99, acknowledged.percentile(99));
    while (stage.site().read(EVENTS + 1).at("/meta/pagination/total-count").asInt() < total) {
      stage.bench().pause(LOOK_MILLIS);
    }
    stage.put(Figure.WEBHOOK_BURST_DONE_MS, (System.nanoTime() - begin) / 1e6);
    checkEach();
  }

  /// All are connected before the first one sends; tells when that was.
  private long burst(List<GitConnection.Delivery> deliveries, Series acknowledged) {
    long[] begin = new long[1];
    CyclicBarrier start = new CyclicBarrier(CONNECTIONS, () -> begin[0] = System.nanoTime());
    Crowd.act(
        CONNECTIONS,
        number -> {
          Series own = new Series();
          try (Site client = stage.site().another()) {
            start.await();
            for (int i = number; i < deliveries.size(); i += CONNECTIONS) {
              long sent = System.nanoTime();
              GitConnection.send(client.wire(), deliveries.get(i));
              own.addSince(sent);
            }
          } catch (InterruptedException | BrokenBarrierException e) {
            throw new MeshFault("interrupted", e);
          }
          synchronized (acknowledged) {
            acknowledged.addAll(own);
          }
        });
    return begin[0];
  }

  /// Fails unless each delivery has left its line, once.
  private void checkEach() {
    Map<String, Integer> seen = new HashMap<>();
    JsonNode page = stage.site().read(EVENTS + 1);
    for (int number = 2; !page.path("data").isEmpty(); number++) {
      for (JsonNode event : page.path("data")) {
        Matcher tag = TAG.matcher(event.at("/attributes/message").asText());
        if (tag.find()) {
          seen.merge(tag.group(1), 1, Integer::sum);
        }
      }
      page = stage.site().read(EVENTS + number);
    }
    if (seen.size() != total || seen.values().stream().anyMatch(times -> times != 1)) {
      throw new MeshFault(
          "of %d deliveries %d were looked after, %d of them more than once"
              .formatted(
                  total, seen.size(), seen.values().stream().filter(times -> times != 1).count()));
    }
  }
}
