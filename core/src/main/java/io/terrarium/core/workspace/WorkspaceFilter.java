package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ProjectId;
import java.util.List;
import java.util.Optional;

/// What a list is narrowed to; what is empty narrows nothing.
///
/// @param name part of the name
/// @param wildcardName the whole name, where `*` stands for anything
/// @param tags all of which must be bound
/// @param excludedTags none of which may be bound
public record WorkspaceFilter(
    Optional<String> name,
    Optional<String> wildcardName,
    List<String> tags,
    List<String> excludedTags,
    Optional<ProjectId> project,
    List<String> currentRunStatuses,
    Tagged tagged,
    Sort sort) {
  public WorkspaceFilter {
    tags = tags.stream().distinct().toList();
    excludedTags = List.copyOf(excludedTags);
    currentRunStatuses = List.copyOf(currentRunStatuses);
  }

  /// Tags that must be bound, to the workspace or to its project; without a value any will do.
  ///
  /// @param isAny one of them is enough
  /// @param isWithoutValue where no value is given, the tag must have none
  public record Tagged(List<Tag> tags, boolean isAny, boolean isWithoutValue) {
    public Tagged {
      tags = List.copyOf(tags);
    }
  }

  /// The order of a list, by its words in the API.
  public enum Sort {
    NAME("name", "lower(w.name), w.id"),
    NAME_DESCENDING("-name", "lower(w.name) DESC, w.id DESC"),
    CURRENT_RUN("current-run.created-at", "current_run.created_at NULLS LAST, w.id"),
    CURRENT_RUN_DESCENDING(
        "-current-run.created-at", "current_run.created_at DESC NULLS LAST, w.id DESC"),
    LATEST_CHANGE("latest-change-at", "w.latest_change_at, w.id"),
    LATEST_CHANGE_DESCENDING("-latest-change-at", "w.latest_change_at DESC, w.id DESC");

    private final String wire;
    private final String sql;

    Sort(String wire, String sql) {
      this.wire = wire;
      this.sql = sql;
    }

    String sql() {
      return sql;
    }

    public static Optional<Sort> of(String wire) {
      return java.util.Arrays.stream(values()).filter(sort -> sort.wire.equals(wire)).findFirst();
    }
  }
}
