package io.terrarium.contracts.ingress;

/// Asks for the branches and tags of a repository.
public record RefsRequest(int v, GitRemote remote) {
  public static final int VERSION = 1;
}
