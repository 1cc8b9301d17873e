package io.terrarium.gitserver.pull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.gitserver.repository.PersonDocument;
import io.terrarium.gitserver.repository.RepositoryDocument;
import io.terrarium.gitserver.repository.RepositoryName;
import java.time.Instant;

/// A pull request as Gitea's API and webhooks show it.
public record PullDocument(
    long number,
    String title,
    String body,
    PersonDocument user,
    String state,
    @JsonProperty("merged") boolean isMerged,
    String htmlUrl,
    Side head,
    Side base,
    Instant createdAt,
    Instant updatedAt) {

  /// One of the two branches.
  public record Side(String label, String ref, String sha, RepositoryDocument repo) {}

  public static PullDocument of(
      Pull pull, RepositoryName name, RepositoryDocument repository, Addresses addresses) {
    return new PullDocument(
        pull.number(),
        pull.title(),
        pull.body(),
        PersonDocument.of(pull.author()),
        pull.isOpen() ? "open" : "closed",
        pull.isMerged(),
        addresses.pull(name, pull.number()),
        new Side(pull.head(), pull.head(), pull.headSha(), repository),
        new Side(pull.base(), pull.base(), pull.baseSha(), repository),
        pull.createdAt(),
        pull.updatedAt());
  }
}
