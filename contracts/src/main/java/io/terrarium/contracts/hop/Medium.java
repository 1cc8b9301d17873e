package io.terrarium.contracts.hop;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// What a hop goes over.
public enum Medium {
  @JsonProperty("http")
  HTTP,
  @JsonProperty("redis")
  REDIS,
  @JsonProperty("rabbitmq")
  RABBITMQ,
  @JsonProperty("s3")
  S3,
  @JsonProperty("postgresql")
  POSTGRESQL,
  @JsonProperty("vault")
  VAULT;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
