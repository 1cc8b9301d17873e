package io.terrarium.atlas.ui.state;

import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.stateversion.StateVersion;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The list of states.
///
/// @param workspacePath of the page of the workspace
/// @param writers names of those who have written states
/// @param current the state that the workspace has now
public record StateListView(
    String workspacePath,
    Paged<StateVersion> found,
    Map<UserId, String> writers,
    Optional<StateVersionId> current) {
  public String path() {
    return workspacePath + "/states";
  }

  public boolean isCurrent(StateVersion version) {
    return current.filter(version.id()::equals).isPresent();
  }

  /// Who has written it, "" where nobody is known.
  public String writer(StateVersion version) {
    UserId by = version.createdBy();
    return by == null ? "" : writers.getOrDefault(by, "");
  }

  /// Whether it is chosen for comparing at first: the two newest are.
  public boolean isChosen(StateVersion version, int place) {
    List<StateVersion> comparable = comparable();
    return comparable.size() > place && comparable.get(place).id().equals(version.id());
  }

  /// Those whose bytes are there.
  public List<StateVersion> comparable() {
    return found.items().stream().filter(StateListView::isComparable).toList();
  }

  public static boolean isComparable(StateVersion version) {
    return version.status() == StateVersion.Status.FINALIZED && version.object() != null;
  }
}
