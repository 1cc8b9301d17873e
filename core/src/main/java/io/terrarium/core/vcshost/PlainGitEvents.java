package io.terrarium.core.vcshost;

import io.terrarium.core.vcshost.VcsEvent.Sender;
import java.util.List;
import java.util.Optional;

/// Webhooks that a Git server's own `post-receive` hook sends: what Git tells it of a branch or
/// tag, as JSON. `docs/vcs-hosts.md` has such a hook.
final class PlainGitEvents {
  private static final Sieve WANTED =
      Sieve.of("ref", "before", "after", "repository", "default_branch", "message", "user");

  private PlainGitEvents() {}

  static List<VcsEvent> read(WebhookRequest request) {
    return EventReader.read(request, WANTED, PlainGitEvents::push);
  }

  private static List<VcsEvent> push(Fields push) {
    Optional<GitRef> ref = GitRef.of(push.required("ref"));
    if (ref.isEmpty()) {
      return EventReader.ignored("push of " + push.required("ref"));
    }
    return List.of(
        new RefUpdate(
                new Repository(
                    push.text("repository", ""), push.text("default_branch"), null, null, null),
                ref.get(),
                name(push, "before"),
                name(push, "after"),
                null,
                push.text("message"),
                null,
                null,
                ChangedFiles.UNKNOWN,
                new Sender(push.text("user"), null, null))
            .event());
  }

  private static String name(Fields push, String path) {
    String name = push.required(path);
    if (!name.matches("[0-9a-f]{40}|[0-9a-f]{64}")) {
      throw new Fields.Missing(path + " that is a whole name of a commit");
    }
    return name;
  }
}
