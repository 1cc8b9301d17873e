package io.terrarium.contracts.ingress;

/// Asks which files differ between two commits.
///
/// @param base and `head`: full SHA-1 names
public record ChangesRequest(int v, GitRemote remote, String base, String head) {
  public static final int VERSION = 1;
}
