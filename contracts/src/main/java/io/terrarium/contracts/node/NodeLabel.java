package io.terrarium.contracts.node;

/// By which a sidekiq process says on which node it is; Sidekiq's own pages show it.
public final class NodeLabel {
  private NodeLabel() {}

  public static String of(String node) {
    return "node:" + node;
  }
}
