package io.terrarium.gitserver.pull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A pull request, as it is kept.
///
/// @param head branch that is to be merged
/// @param base branch that it is to be merged into
/// @param closedBy the happening that has closed it, or null while it is open
public record Pull(
    long number,
    String title,
    String body,
    String author,
    String head,
    String headSha,
    String base,
    String baseSha,
    boolean isMerged,
    @Nullable String closedBy,
    Instant createdAt,
    Instant updatedAt) {

  @JsonIgnore
  public boolean isOpen() {
    return closedBy == null;
  }

  /// With where the two branches lead now.
  public Pull at(String headNow, String baseNow, Instant now) {
    return new Pull(
        number, title, body, author, head, headNow, base, baseNow, isMerged, closedBy, createdAt,
        now);
  }

  /// @param by the happening
  public Pull closed(boolean byMerge, String by, Instant now) {
    return new Pull(
        number, title, body, author, head, headSha, base, baseSha, byMerge, by, createdAt, now);
  }

  /// Open once more, with where the two branches lead now.
  public Pull reopened(String headNow, String baseNow, Instant now) {
    return new Pull(
        number, title, body, author, head, headNow, base, baseNow, false, null, createdAt, now);
  }
}
