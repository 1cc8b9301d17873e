package io.terrarium.mesh;

import java.util.Locale;
import java.util.stream.Stream;

/// The two ways in which a configuration names its workspace.
enum Backend {
  CLOUD("cloud"),
  REMOTE("backend \"remote\"");

  private final String head;

  Backend(String head) {
    this.head = head;
  }

  /// Those that tests go through: the older way only where the long tests run as well.
  static Stream<Backend> tried() {
    boolean isLong = System.getProperty("terrarium.excluded-groups", "").equals("none");
    return isLong ? Stream.of(values()) : Stream.of(CLOUD);
  }

  /// For names.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param workspaces what stands in the block of that name, such as `name = "net"`
  String block(String host, String organization, String workspaces) {
    return """
    terraform {
      %s {
        hostname     = "%s"
        organization = "%s"
        workspaces {
          %s
        }
      }
    }
    """
        .formatted(head, host, organization, workspaces);
  }
}
