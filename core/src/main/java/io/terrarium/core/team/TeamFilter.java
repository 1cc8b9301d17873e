package io.terrarium.core.team;

import java.util.List;

/// Which teams are asked for; an empty list of names is no filter, nor is an empty text.
///
/// @param text a part of the name
public record TeamFilter(List<String> names, String text) {
  public TeamFilter {
    names = List.copyOf(names);
  }
}
