package io.terrarium.terrarium;

import io.terrarium.embedded.DataDirectory;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// What a node of a mesh is called.
final class Node {
  private static final int ID_CHARACTERS = 6;

  private Node() {}

  /// The machine's name, and an id that stays with the data: several nodes may be on one machine.
  static String name(DataDirectory data) {
    return machine() + "-" + data.secret("node_id").value().substring(0, ID_CHARACTERS);
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "node";
    }
  }
}
