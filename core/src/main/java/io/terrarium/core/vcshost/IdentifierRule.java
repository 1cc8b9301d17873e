package io.terrarium.core.vcshost;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a host names its repositories: parts between slashes.
///
/// @param partsMin and `partsMax`: how many
/// @param part the form of each
/// @param form for people
record IdentifierRule(int partsMin, int partsMax, Pattern part, String form) {
  private static final int CHARACTERS_MAX = 512;

  /// No part of a path of ours may lead up, whatever the host allows.
  private static final List<String> LEAD_UP = List.of("", ".", "..");

  Optional<String> problemWith(String identifier) {
    String[] parts = identifier.split("/", -1);
    boolean isGood =
        identifier.length() <= CHARACTERS_MAX
            && parts.length >= partsMin
            && parts.length <= partsMax
            && Stream.of(parts)
                .allMatch(name -> part.matcher(name).matches() && !LEAD_UP.contains(name));
    return isGood ? Optional.empty() : Optional.of("A repository is named " + form + " here.");
  }

  /// The API where the host can have such a repository; else there is none.
  Outcome<HostApi> guard(String identifier, HostApi api) {
    return problemWith(identifier)
        .<Outcome<HostApi>>map(problem -> new Outcome.Failed<>(new Trouble.NotFound(problem)))
        .orElseGet(() -> new Outcome.Done<>(api));
  }
}
