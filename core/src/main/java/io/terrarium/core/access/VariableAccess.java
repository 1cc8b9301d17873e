package io.terrarium.core.access;

/// What may be done with variables, in rising order.
public enum VariableAccess {
  NONE,
  READ,
  WRITE
}
