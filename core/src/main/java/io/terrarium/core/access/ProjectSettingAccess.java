package io.terrarium.core.access;

/// What may be done with a project itself, in rising order.
public enum ProjectSettingAccess {
  READ,
  UPDATE,
  DELETE
}
