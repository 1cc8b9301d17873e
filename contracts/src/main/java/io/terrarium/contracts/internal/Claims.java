package io.terrarium.contracts.internal;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The claim of a phase: who may run terraform for it now. A claim is fenced by its attempt.
public final class Claims {
  private Claims() {}

  /// @param command the count in the build command that led here
  /// @param delivery drawn anew whenever a command is delivered; asked again with the same one,
  ///   atlas grants the same claim again, since a worker that still asks has not heard of it;
  ///   absent from a worker of the version before
  public record Request(int v, String worker, int command, @Nullable String delivery) {}

  /// @param attempt fences every later word of this worker about the phase
  /// @param leaseSeconds the claim ends so long after the last beat that atlas answered
  /// @param beatSeconds how often to beat
  public record Granted(
      int v, int attempt, int leaseSeconds, int beatSeconds, BuildSpecification build) {}

  /// @param until when to ask again, unless a beat renews the other's claim
  public record Held(int v, Instant until) {}

  public record Beat(int v, String worker, int attempt) {}

  /// @param wish what the worker shall do with terraform now
  public record Renewed(int v, Wish wish) {}

  /// What a person wants of a running phase.
  public enum Wish {
    @JsonProperty("continue")
    CONTINUE,
    /// Canceled: interrupt terraform, and kill it after the grace.
    @JsonProperty("interrupt")
    INTERRUPT,
    /// Canceled by force: kill it now.
    @JsonProperty("kill")
    KILL
  }
}
