package io.terrarium.core.access;

/// What may be done with runs, in rising order.
public enum RunAccess {
  READ,
  PLAN,
  APPLY
}
