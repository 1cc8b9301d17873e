package io.terrarium.core.access;

/// How a caller belongs to an organization.
enum Membership {
  NONE,
  /// Belongs to it, be it through a team or not.
  MEMBER,
  /// In the owners team.
  OWNER
}
