package io.terrarium.core.retention;

import io.terrarium.contracts.id.RetentionPolicyId;

/// How long the files of its target are kept.
public record RetentionPolicy(RetentionPolicyId id, Target target, RetentionTerms terms) {
  /// The organization or workspace that has it, by its name there or its id.
  public record Target(String type, String id) {}
}
