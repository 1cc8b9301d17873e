package io.terrarium.core.access;

/// What may be done with states, in rising order.
public enum StateVersionAccess {
  NONE,
  READ_OUTPUTS,
  READ,
  WRITE
}
