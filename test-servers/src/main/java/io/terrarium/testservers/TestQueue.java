package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.sidekiq.SidekiqClient;
import io.terrarium.kernel.sidekiq.SidekiqHandler;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import io.terrarium.kernel.sidekiq.SidekiqOptions;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A job queue on the Redis of a suite, its processes with short beats, and a look into its keys.
final class TestQueue implements AutoCloseable {
  static final Clock CLOCK = Clock.systemUTC();

  private static final String USUAL = "one";
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Redis redis;
  private final SidekiqClient client;

  TestQueue(RedisConfig config) {
    redis = Redis.open(config, "queue-it", LONGEST);
    client = new SidekiqClient(redis, CLOCK);
  }

  Redis redis() {
    return redis;
  }

  /// For what no other method here tells.
  Answer call(String name, String... arguments) {
    return redis.call(Command.of(name, arguments));
  }

  void empty() {
    call("FLUSHALL");
  }

  void push(SidekiqJob job) {
    client.push(job);
  }

  void pushAll(List<SidekiqJob> jobs) {
    client.pushAll(jobs);
  }

  void pushAt(SidekiqJob job, Instant time) {
    client.pushAt(job, time);
  }

  SidekiqJob job(String jid) {
    return SidekiqJob.of("Test", "default", jid, List.of(TextNode.valueOf("a")), CLOCK.instant());
  }

  /// From `job-0` on.
  List<SidekiqJob> jobs(int count) {
    return IntStream.range(0, count).mapToObj(i -> job("job-" + i)).toList();
  }

  /// A handler that has no luck.
  static void fail(SidekiqJob job) {
    throw new IllegalStateException("no luck");
  }

  /// The process of most tests, with three slots.
  SidekiqProcess process(SidekiqHandler handler) {
    return SidekiqProcess.start(redis, options(USUAL, 3), handler);
  }

  SidekiqOptions options(String name, int slots) {
    return options(name, slots, Duration.ofMillis(200));
  }

  SidekiqOptions options(String name, int slots, Duration heartbeat) {
    return new SidekiqOptions(
        identity(name),
        Map.of("default", slots),
        heartbeat,
        Duration.ofSeconds(15),
        Duration.ofMillis(500),
        Duration.ofMillis(300),
        CLOCK);
  }

  /// Of the process of most tests.
  String identity() {
    return identity(USUAL);
  }

  private static String identity(String name) {
    return "host:" + ProcessHandle.current().pid() + ":" + name;
  }

  long listLength(String list) {
    return call("LLEN", list).number();
  }

  long sortedSetSize(String set) {
    return call("ZCARD", set).number();
  }

  boolean setHas(String set, String member) {
    return call("SISMEMBER", set, member).number() == 1;
  }

  /// What the process of most tests says of itself in its last beat.
  Answer beat(String field) {
    return call("HGET", identity(), field);
  }

  /// The one member of a sorted set.
  JsonNode only(String set) {
    List<String> members = call("ZRANGE", set, "0", "-1").texts();
    assertThat(members).hasSize(1);
    try {
      return Json.SNAKE.readTree(members.getFirst());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    redis.close();
  }
}
