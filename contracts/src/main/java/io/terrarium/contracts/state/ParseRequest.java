package io.terrarium.contracts.state;

/// Asks for the state behind a signed path to be parsed.
///
/// @param statePath signed path at archivist
public record ParseRequest(int v, String flow, String statePath) {
  public static final int VERSION = 1;
}
