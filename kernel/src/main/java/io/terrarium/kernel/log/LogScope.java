package io.terrarium.kernel.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What all lines of a piece of work say besides their own words: who speaks, and of which request,
/// job or run. Opened where the work begins and closed, by the same thread, where it ends.
///
/// A thread begins with the scope of the one that starts it. A virtual thread is a part of its
/// work, so it has all of that; a platform thread may be one of a pool that outlives the work, so
/// it only knows whose it is.
public final class LogScope implements AutoCloseable {
  /// The service that speaks.
  public static final String COMPONENT = "component";

  /// The node that it is on.
  public static final String NODE = "node";

  /// As `X-Request-Id` has it.
  public static final String REQUEST_ID = "request_id";

  /// Sidekiq's `jid`.
  public static final String JOB_ID = "job_id";

  /// As `traceparent` has it.
  public static final String TRACE_ID = "trace_id";

  private static final Set<String> LASTING = Set.of(COMPONENT, NODE);
  private static final InheritableThreadLocal<@Nullable LogScope> CURRENT =
      new InheritableThreadLocal<>();

  private final long thread = Thread.currentThread().threadId();
  private final Map<String, String> fields;
  private final @Nullable LogScope before;

  private LogScope(Map<String, String> fields, @Nullable LogScope before) {
    this.fields = fields;
    this.before = before;
  }

  /// What is known already, and these.
  public static LogScope open(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(fields());
    all.putAll(more);
    LogScope scope = new LogScope(Collections.unmodifiableMap(all), CURRENT.get());
    CURRENT.set(scope);
    return scope;
  }

  public static LogScope open(String name, String value) {
    return open(Map.of(name, value));
  }

  /// What the current thread's lines say.
  public static Map<String, String> fields() {
    LogScope scope = CURRENT.get();
    if (scope == null) {
      return Map.of();
    }
    Thread current = Thread.currentThread();
    return current.isVirtual() || scope.thread == current.threadId()
        ? scope.fields
        : scope.lasting();
  }

  /// Of that, who speaks: for work that comes by threads of others.
  public static Map<String, String> speaker() {
    LogScope scope = CURRENT.get();
    return scope == null ? Map.of() : scope.lasting();
  }

  private Map<String, String> lasting() {
    return fields.entrySet().stream()
        .filter(field -> LASTING.contains(field.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public void close() {
    if (before == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(before);
    }
  }
}
