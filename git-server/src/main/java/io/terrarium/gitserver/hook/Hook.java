package io.terrarium.gitserver.hook;

import java.time.Instant;
import java.util.List;

/// A webhook of a repository, with its secret, as it is kept.
public record Hook(
    long id,
    String type,
    boolean active,
    List<String> events,
    Target config,
    Instant createdAt,
    Instant updatedAt) {
  /// All of them, in Gitea's words: those that change pull requests, and those that bring commits.
  private static final String ALL_OF_PULL_REQUESTS = "pull_request";

  public Hook {
    events = List.copyOf(events);
  }

  /// @param secret that calls are signed with; empty for none
  public record Target(String url, String secret) {
    /// Without the secret, which nobody is shown again.
    Shown shown() {
      return new Shown(url, "json");
    }
  }

  record Shown(String url, String contentType) {}

  /// What the API shows.
  record Document(
      long id,
      String type,
      boolean active,
      List<String> events,
      Shown config,
      Instant createdAt,
      Instant updatedAt) {}

  Document document() {
    return new Document(id, type, active, events, config.shown(), createdAt, updatedAt);
  }

  /// @param event in Gitea's finer words, such as `pull_request_sync`
  public boolean wants(String event) {
    return active
        && (events.contains(event)
            || (event.startsWith(ALL_OF_PULL_REQUESTS) && events.contains(ALL_OF_PULL_REQUESTS)));
  }
}
