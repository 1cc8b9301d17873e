package io.terrarium.mesh;

import java.util.Locale;

/// The two ways in which a configuration names its workspace.
enum Backend {
  CLOUD("cloud"),
  REMOTE("backend \"remote\"");

  private final String head;

  Backend(String head) {
    this.head = head;
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
