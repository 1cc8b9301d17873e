package io.terrarium.core.team;

/// Whether a team may download mocks of plans for Sentinel, in rising order.
public enum SentinelMockAccess {
  NONE,
  READ
}
