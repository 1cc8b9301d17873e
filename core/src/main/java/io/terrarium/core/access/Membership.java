package io.terrarium.core.access;

/// How a caller belongs to an organization.
enum Membership {
  NONE,
  /// In some team of it.
  MEMBER,
  /// In the owners team.
  OWNER
}
