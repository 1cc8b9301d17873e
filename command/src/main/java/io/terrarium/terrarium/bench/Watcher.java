package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.json.Json;
import io.terrarium.terrarium.MeshFault;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An open page of a run, and what its script does: it hears of changes, asks for the piece again
/// that has changed, follows each log, and reads the plan. What it reads it forgets, but for times.
final class Watcher implements AutoCloseable {
  private static final Pattern LIVE = Pattern.compile("data-live=\"([^\"]+)\"");

  /// What it is called stays; where it is read from is another address each time.
  private static final Pattern LOG =
      Pattern.compile("id=\"log-([^\"]+)\".*?data-log=\"([^\"]+)\"", Pattern.DOTALL);

  private static final Pattern PLAN = Pattern.compile("data-plan=\"([^\"]+)\"");
  private static final Pattern STATUS = Pattern.compile("class=\"state\"[^>]*><span[^>]*>([^<]+)<");
  private static final Set<String> FAILED = Set.of("Errored", "Canceled", "Discarded");

  /// As the page's `hx-trigger` has it: so long after the last word that came.
  private static final long DELAY_MILLIS = 100;

  private final Browser browser;
  private final Browser stream;
  private final Clock clock;
  private final String path;
  private final Semaphore changed = new Semaphore(0);
  private final Map<String, Log> logs = new HashMap<>();
  private final Series fetches = new Series();
  private CompletableFuture<Void> live = new CompletableFuture<>();
  private boolean hasPlan;
  private Instant appliedAt = Instant.MIN;

  private Watcher(Browser browser, Clock clock, String path) {
    this.browser = browser;
    this.clock = clock;
    this.path = path;
    stream = browser.another();
  }

  /// A log that is followed.
  private record Log(Stamps stamps, CompletableFuture<Void> end) {}

  /// Returns when the page is there, hears of changes, and has been brought up to date once.
  static Watcher open(Browser browser, Clock clock, String path) {
    Watcher watcher = new Watcher(browser, clock, path);
    String page = watcher.fetch(() -> browser.page(path));
    Matcher topic = LIVE.matcher(page);
    if (!topic.find()) {
      throw new MeshFault("the page of a run does not follow it");
    }
    watcher.live = watcher.listen(watcher.stream, topic.group(1), (_, _) -> watcher.wake());
    watcher.begin(page);
    watcher.begin(watcher.next());
    return watcher;
  }

  /// Until the run stands there as applied, and its logs have ended.
  void watch() {
    String status = "";
    while (!status.equals("Applied")) {
      status = begin(next());
      if (FAILED.contains(status)) {
        throw new MeshFault("the run that is followed is " + status);
      }
    }
    appliedAt = clock.instant();
    logs.values().forEach(log -> join(log.end()));
  }

  /// The piece again, when something has changed.
  private String next() {
    try {
      changed.acquire();
      do {
        changed.drainPermits();
      } while (changed.tryAcquire(DELAY_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeshFault("interrupted", e);
    }
    if (live.isDone()) {
      join(live);
      throw new MeshFault("the stream of changes has ended");
    }
    return fetch(() -> browser.piece(path));
  }

  private void wake() {
    changed.release();
  }

  /// Opens what has come with the page, and tells how the run is.
  private String begin(String page) {
    Matcher log = LOG.matcher(page);
    while (log.find()) {
      String address = log.group(2);
      logs.computeIfAbsent(log.group(1), _ -> followed(address));
    }
    Matcher plan = PLAN.matcher(page);
    if (!hasPlan && plan.find()) {
      hasPlan = true;
      fetch(() -> browser.page(plan.group(1)));
    }
    Matcher status = STATUS.matcher(page);
    return status.find() ? status.group(1) : "";
  }

  private Log followed(String address) {
    Stamps stamps = new Stamps(clock);
    CompletableFuture<Void> end =
        listen(
            browser.another(),
            address + "?follow=1&offset=0",
            (name, data) -> {
              if (name.equals("log")) {
                stamps.take(text(data));
              }
            });
    return new Log(stamps, end);
  }

  private static String text(String json) {
    try {
      return Json.SNAKE.readTree(json).asText();
    } catch (JsonProcessingException e) {
      throw new MeshFault("a piece of a log is no JSON", e);
    }
  }

  private CompletableFuture<Void> listen(
      Browser line, String address, BiConsumer<String, String> taker) {
    return CompletableFuture.runAsync(
            () -> {
              try (line) {
                line.listen(address, new Events(taker));
              }
            },
            task -> Thread.ofVirtual().name("stream").start(task))
        // Whoever waits for a change must not wait for ever.
        .whenComplete((_, _) -> wake());
  }

  private static void join(CompletableFuture<Void> stream) {
    try {
      stream.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof MeshFault fault
          ? fault
          : new MeshFault("a stream broke off: " + e.getCause(), e);
    }
  }

  private String fetch(Supplier<String> asked) {
    long begin = System.nanoTime();
    String answer = asked.get();
    fetches.addSince(begin);
    return answer;
  }

  /// Of every line of its logs, how late it was here.
  Series lags() {
    Series all = new Series();
    logs.values().forEach(log -> all.addAll(log.stamps().lags()));
    return all;
  }

  /// How long the page, each of its pieces and its plan took.
  Series fetches() {
    return fetches;
  }

  Instant appliedAt() {
    return appliedAt;
  }

  @Override
  public void close() {
    stream.close();
    browser.close();
  }
}
