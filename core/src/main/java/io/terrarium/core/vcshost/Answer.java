package io.terrarium.core.vcshost;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a host's API has answered, and well.
///
/// @param headers by name, whatever its case
/// @param isWhole false where it was too long to be read to its end
record Answer(Map<String, List<String>> headers, Fields fields, boolean isWhole) {
  private static final Pattern NEXT = Pattern.compile(";\\s*rel=\"?next\"?");

  /// Whether the list goes on. Where, we reckon ourselves: the header could name any address.
  boolean hasNextLink() {
    return headers.getOrDefault("link", List.of()).stream()
        .anyMatch(link -> NEXT.matcher(link).find());
  }
}
