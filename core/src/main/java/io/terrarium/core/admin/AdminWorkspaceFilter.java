package io.terrarium.core.admin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which workspaces are asked for, in which order; what is empty narrows nothing.
///
/// @param text a part of the workspace's or of the organization's name
public record AdminWorkspaceFilter(
    Optional<String> text, List<String> currentRunStatuses, Sort sort) {
  public AdminWorkspaceFilter {
    currentRunStatuses = List.copyOf(currentRunStatuses);
  }

  /// The order of the list, by its words in the API.
  public enum Sort {
    NAME("name", "lower(w.name), w.id"),
    NAME_DESCENDING("-name", "lower(w.name) DESC, w.id DESC"),
    CURRENT_RUN("current-run.created-at", "r.created_at NULLS LAST, w.id"),
    CURRENT_RUN_DESCENDING("-current-run.created-at", "r.created_at DESC NULLS LAST, w.id DESC");

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
      return Arrays.stream(values()).filter(sort -> sort.wire.equals(wire)).findFirst();
    }
  }
}
