package io.terrarium.core.vcs;

import io.terrarium.contracts.ingress.Changes;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.Refs;
import java.util.Optional;

/// Asks a repository itself, by Git, where its host has no other words for it. Slug-ingress
/// answers.
public interface GitQuestions {
  /// Empty where the repository does not say.
  Optional<Refs> refs(GitRemote remote);

  /// Empty where the repository does not say.
  Optional<Changes> changes(GitRemote remote, String base, String head);
}
