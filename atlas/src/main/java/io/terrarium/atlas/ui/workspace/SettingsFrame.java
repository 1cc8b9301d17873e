package io.terrarium.atlas.ui.workspace;

import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.workspace.Visible;
import java.util.ArrayList;
import java.util.List;

/// The pages of a workspace's settings, as far as their reader has something to do there.
///
/// @param path of the workspace
/// @param here the last word of the marked one's address
public record SettingsFrame(String path, String here, List<Entry> entries) {
  public SettingsFrame {
    entries = List.copyOf(entries);
  }

  /// @param word the last one of its address
  public record Entry(String word, String title) {}

  /// @param here the last word of the marked one's address
  public static SettingsFrame of(Visible found, String here) {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("general", "General"));
    entries.add(new Entry("lock", "Locking"));
    if (found.access().allows(WorkspaceRight.UPDATE_SETTINGS)) {
      entries.add(new Entry("version-control", "Version control"));
      entries.add(new Entry("notifications", "Notifications"));
    }
    if (found.access().allows(WorkspaceRight.READ_RUNS)) {
      entries.add(new Entry("run-triggers", "Run triggers"));
    }
    if (found.access().allows(WorkspaceRight.UPDATE_SETTINGS)) {
      entries.add(new Entry("ssh", "SSH key"));
    }
    if (found.access().allows(WorkspaceRight.MANAGE_TEAM_ACCESS)) {
      entries.add(new Entry("access", "Team access"));
    }
    if (found.access().allows(WorkspaceRight.UPDATE_SETTINGS)
        || found.access().allows(WorkspaceRight.DESTROY)) {
      entries.add(new Entry("delete", "Destruction and deletion"));
    }
    return new SettingsFrame(NamedWorkspace.path(found.workspace()), here, entries);
  }
}
