package io.terrarium.contracts.build;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The order in which free workers take builds: first applies, then plans, then speculative plans.
public enum Priority {
  @JsonProperty("apply")
  APPLY,
  @JsonProperty("plan")
  PLAN,
  @JsonProperty("speculative")
  SPECULATIVE
}
