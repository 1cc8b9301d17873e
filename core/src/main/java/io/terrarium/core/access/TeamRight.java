package io.terrarium.core.access;

/// What may be done with one team.
public enum TeamRight {
  READ,
  UPDATE,
  DESTROY,
  /// Put people in and take them out.
  UPDATE_MEMBERSHIP,
  /// Say what it may do in the whole organization.
  UPDATE_ORGANIZATION_ACCESS,
  /// See, make and delete its tokens.
  MANAGE_TOKENS
}
