package io.terrarium.core.stateversion;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is other in a state than in another.
///
/// @param changes by address, added ones before removed ones before changed ones
/// @param changeCount of which `changes` may be the first ones alone
/// @param unchangedCount of resources and outputs that are the same in both
public record StateDifference(List<Change> changes, int changeCount, int unchangedCount) {
  public StateDifference {
    changes = List.copyOf(changes);
  }

  /// What has become of an instance of a resource, or of an output.
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED
  }

  /// @param attributes of one that is in both, those that are other
  /// @param isCut whether there are more than these, or too many to be looked at
  public record Change(Kind kind, String address, List<Attribute> attributes, boolean isCut) {
    public Change {
      attributes = List.copyOf(attributes);
    }
  }

  /// @param name path of the value, such as `tags.Name`
  /// @param before null where it was not there, or may not be shown
  /// @param after null where it is not there, or may not be shown
  public record Attribute(
      String name, @Nullable String before, @Nullable String after, boolean isHidden) {
    @Override
    public String toString() {
      return "Attribute[" + name + "]";
    }
  }

  public List<Change> of(Kind kind) {
    return changes.stream().filter(change -> change.kind() == kind).toList();
  }

  public boolean isNothing() {
    return changeCount == 0;
  }
}
