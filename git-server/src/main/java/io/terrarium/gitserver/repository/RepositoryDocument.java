package io.terrarium.gitserver.repository;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/// A repository as Gitea's API and webhooks show it.
public record RepositoryDocument(
    PersonDocument owner,
    String name,
    String fullName,
    @JsonProperty("empty") boolean isEmpty,
    @JsonProperty("private") boolean isPrivate,
    String defaultBranch,
    String htmlUrl,
    String cloneUrl) {

  public static RepositoryDocument of(HostedRepository repository, Addresses addresses) {
    try (Repository open = repository.open()) {
      return of(repository.name(), open, addresses);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RepositoryDocument of(RepositoryName name, Repository open, Addresses addresses)
      throws IOException {
    return new RepositoryDocument(
        PersonDocument.of(name.owner()),
        name.name(),
        name.full(),
        open.getRefDatabase().getRefsByPrefix(Constants.R_HEADS).isEmpty(),
        true,
        HostedRepository.defaultBranch(open),
        addresses.html(name),
        addresses.git(name));
  }
}
