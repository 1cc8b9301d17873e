package io.terrarium.core.project;

import io.terrarium.core.access.ProjectRight;
import java.util.List;
import java.util.Set;

/// Which projects are asked for, and in which order; an empty list of names is no filter.
///
/// @param rights that the caller must have there
/// @param lastFirst by name, from the last to the first
public record ProjectFilter(
    List<String> names, String search, Set<ProjectRight> rights, boolean lastFirst) {
  public ProjectFilter {
    names = List.copyOf(names);
    rights = Set.copyOf(rights);
  }
}
