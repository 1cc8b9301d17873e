package io.terrarium.core.project;

import java.util.List;

/// Which projects are asked for; an empty list of names is no filter.
public record ProjectFilter(List<String> names, String search) {
  public ProjectFilter {
    names = List.copyOf(names);
  }
}
