package io.terrarium.kernel.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One connection: sends commands, waits for what they answer.
final class Connection {
  private final StatefulRedisConnection<byte[], byte[]> lettuce;
  private final Duration patience;

  Connection(StatefulRedisConnection<byte[], byte[]> lettuce, Duration patience) {
    this.lettuce = lettuce;
    this.patience = patience;
  }

  Answer call(Command command) {
    return call(command, patience);
  }

  Answer call(Command command, Duration longest) {
    return await(send(command), longest);
  }

  /// All commands at once, then all answers; the first fault is thrown.
  List<Answer> callAll(List<Command> commands) {
    List<Sent> sent = commands.stream().map(this::send).toList();
    List<Answer> answers = new ArrayList<>();
    for (Sent command : sent) {
      answers.add(await(command, patience));
    }
    return answers;
  }

  Answer eval(LuaScript script, List<String> keys, List<String> arguments) {
    try {
      return call(evaluation("EVALSHA", script.digest(), keys, arguments));
    } catch (RedisFault fault) {
      if (fault.getCause() instanceof RedisNoScriptException) {
        return call(evaluation("EVAL", script.source(), keys, arguments));
      }
      throw fault;
    }
  }

  void close() {
    lettuce.close();
  }

  private static Command evaluation(
      String name, String script, List<String> keys, List<String> arguments) {
    return Command.of(name, script).and(keys.size()).and(keys).and(arguments);
  }

  private Sent send(Command command) {
    CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
    command.arguments().forEach(args::add);
    TreeOutput output = new TreeOutput();
    CommandType type = CommandType.valueOf(command.name());
    return new Sent(command.name(), output, lettuce.async().dispatch(type, output, args));
  }

  private static Answer await(Sent sent, Duration longest) {
    try {
      sent.future.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(sent.output.value());
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new RedisFault("redis: " + sent.name + " failed: " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      sent.future.cancel(true);
      throw new RedisFault("redis: " + sent.name + " was not answered in " + longest, e);
    } catch (InterruptedException e) {
      sent.future.cancel(true);
      Thread.currentThread().interrupt();
      throw new RedisFault("redis: interrupted while waiting for " + sent.name, e);
    }
  }

  private record Sent(String name, TreeOutput output, RedisFuture<List<Object>> future) {}
}
