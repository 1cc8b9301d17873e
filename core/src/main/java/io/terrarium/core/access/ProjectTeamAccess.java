package io.terrarium.core.access;

/// What may be done with the access of teams to a project, in rising order.
public enum ProjectTeamAccess {
  NONE,
  READ,
  MANAGE
}
