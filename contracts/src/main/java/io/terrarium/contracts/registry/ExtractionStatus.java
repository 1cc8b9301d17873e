package io.terrarium.contracts.registry;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// How far the registry is with a version of a module.
public enum ExtractionStatus {
  /// Saved, and not read yet.
  @JsonProperty("pending")
  PENDING,
  /// Read, and served from now on.
  @JsonProperty("ok")
  OK,
  /// Not to be read, whoever tries.
  @JsonProperty("failed")
  FAILED;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
