package io.terrarium.core.project;

import java.util.List;

/// Which projects are asked for, and in which order; an empty list of names is no filter.
///
/// @param lastFirst by name, from the last to the first
public record ProjectFilter(List<String> names, String search, boolean lastFirst) {
  public ProjectFilter {
    names = List.copyOf(names);
  }
}
