package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.vcshost.VcsEvent.BranchDeleted;
import io.terrarium.core.vcshost.VcsEvent.Ignored;
import io.terrarium.core.vcshost.VcsEvent.PullRequest;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Action;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Base;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Head;
import io.terrarium.core.vcshost.VcsEvent.Push;
import io.terrarium.core.vcshost.VcsEvent.Sender;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What Gitea tells, from the examples of its documentation.
class GiteaEventsTest {
  private static final String NOTHING = "0".repeat(40);

  private static final String AVATAR =
      "http://localhost:3000/avatar/23463b99b62a72f26ed677cc556c44e8";

  private static final Repository EXAMPLE =
      new Repository(
          "example/example",
          "master",
          "http://localhost:3000/example/example.git",
          "git@localhost:example/example.git",
          "http://localhost:3000/example/example");

  private static List<VcsEvent> read(String event, String body) {
    return Payload.read(ServiceProvider.GITEA, "X-Gitea-Event", event, body);
  }

  private static @Nullable ChangedFiles changed(String body) {
    return read("push", body).getFirst() instanceof Push push ? push.changed() : null;
  }

  @Test
  void tells_of_a_push_of_a_new_branch() {
    assertThat(read("push", Payload.of("gitea/push.json")))
        .containsExactly(
            new Push(
                EXAMPLE,
                "master",
                null,
                "67b56589a45103f891bdee7c0546e5d40bc02001",
                "example\n",
                "http://localhost:3000/example/example/commit/67b56589a45103f891bdee7c0546e5d40bc02001",
                "http://localhost:3000/example/example/compare/"
                    + NOTHING
                    + "...67b56589a45103f891bdee7c0546e5d40bc02001",
                new ChangedFiles(List.of("example"), false),
                new Sender("example", AVATAR, null)));
  }

  @Test
  void tells_all_files_where_it_tells_all_commits() {
    String body =
        Payload.of("gitea/push.json")
            .replace(
                "\"before\": \"" + NOTHING,
                "\"before\": \"9049f1265b7d61be4a8904a9a27120d2064dab3b");

    assertThat(changed(body)).isEqualTo(new ChangedFiles(List.of("example"), true));
    assertThat(changed(body.replaceFirst("\\{", "{\"total_commits\": 1,")))
        .isEqualTo(new ChangedFiles(List.of("example"), true));
    assertThat(changed(body.replaceFirst("\\{", "{\"total_commits\": 31,")))
        .isEqualTo(new ChangedFiles(List.of("example"), false));
  }

  @Test
  void tells_of_a_branch_that_is_gone() {
    assertThat(read("delete", Payload.of("gitea/delete.json")))
        .containsExactly(
            new BranchDeleted(EXAMPLE, "feature/one", new Sender("example", AVATAR, null)));
  }

  @Test
  void tells_of_a_pull_request_from_a_fork() {
    List<VcsEvent> events = read("pull_request", Payload.of("gitea/pull-request.json"));

    assertThat(events)
        .containsExactly(
            new PullRequest(
                EXAMPLE,
                2,
                Action.OPENED,
                false,
                "update",
                "",
                "http://localhost:3000/example/example/pulls/2",
                new Head("master", "48e773f892a831faa47c0a160d1b7f0cd369ae2a", "example2/example"),
                new Base("master", "67b56589a45103f891bdee7c0546e5d40bc02001"),
                new Sender("example2", AVATAR, null)));
    assertThat(((PullRequest) events.getFirst()).isFromFork()).isTrue();
  }

  @Test
  void tells_of_new_commits_in_a_word_of_its_own() {
    String body = Payload.of("gitea/pull-request.json").replace("opened", "synchronized");

    assertThat(
            Payload.read(ServiceProvider.GITEA, "X-Forgejo-Event", "pull_request", body).getFirst())
        .isInstanceOfSatisfying(
            PullRequest.class, request -> assertThat(request.action()).isEqualTo(Action.UPDATED));
  }

  @Test
  void tells_much_that_does_not_matter_here() {
    assertThat(read("create", "{}")).containsExactly(new Ignored("create"));
  }
}
