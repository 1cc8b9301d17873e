package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.vcshost.VcsEvent.BranchDeleted;
import io.terrarium.core.vcshost.VcsEvent.Ignored;
import io.terrarium.core.vcshost.VcsEvent.Ping;
import io.terrarium.core.vcshost.VcsEvent.PullRequest;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Action;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Base;
import io.terrarium.core.vcshost.VcsEvent.PullRequest.Head;
import io.terrarium.core.vcshost.VcsEvent.Push;
import io.terrarium.core.vcshost.VcsEvent.Sender;
import io.terrarium.core.vcshost.VcsEvent.TagDeleted;
import io.terrarium.core.vcshost.VcsEvent.TagPush;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What GitHub tells, from the examples of its documentation.
class GitHubEventsTest {
  private static final String NOTHING = "0".repeat(40);

  private static final Repository HELLO_WORLD =
      new Repository(
          "Codertocat/Hello-World",
          "master",
          "https://github.com/Codertocat/Hello-World.git",
          "git@github.com:Codertocat/Hello-World.git",
          "https://github.com/Codertocat/Hello-World");

  private static final Sender CODERTOCAT =
      new Sender(
          "Codertocat",
          "https://avatars1.githubusercontent.com/u/21031067?v=4",
          "https://github.com/Codertocat");

  private static List<VcsEvent> read(String event, String body) {
    return Payload.read(ServiceProvider.GITHUB, "X-GitHub-Event", event, body);
  }

  private static Push push(String body) {
    return (Push) read("push", body).getFirst();
  }

  @Test
  void tells_of_a_push_and_its_files() {
    assertThat(read("push", Payload.of("github/push.json")))
        .containsExactly(
            new Push(
                new Repository(
                    "baxterthehacker/public-repo",
                    "master",
                    "https://github.com/baxterthehacker/public-repo.git",
                    "git@github.com:baxterthehacker/public-repo.git",
                    "https://github.com/baxterthehacker/public-repo"),
                "changes",
                "9049f1265b7d61be4a8904a9a27120d2064dab3b",
                "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c",
                "Update README.md",
                "https://github.com/baxterthehacker/public-repo/commit/0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c",
                "https://github.com/baxterthehacker/public-repo/compare/9049f1265b7d...0d1a26e67d8f",
                new ChangedFiles(List.of("README.md"), true),
                new Sender(
                    "baxterthehacker",
                    "https://avatars.githubusercontent.com/u/6752317?v=3",
                    "https://github.com/baxterthehacker")));
  }

  @Test
  void tells_whether_a_push_is_to_the_default_branch() {
    assertThat(push(Payload.of("github/push.json")).isOnDefaultBranch()).contains(false);
    assertThat(
            push(Payload.of("github/push.json").replace("heads/changes", "heads/master"))
                .isOnDefaultBranch())
        .contains(true);
  }

  @ParameterizedTest
  @CsvSource({
    "'\"forced\": false', '\"forced\": true'",
    "'\"created\": false', '\"created\": true'",
    "'9049f1265b7d61be4a8904a9a27120d2064dab3b', '0000000000000000000000000000000000000000'",
  })
  void does_not_tell_all_files_of_a_branch_that_is_new_or_rewritten(String from, String to) {
    Push push = push(Payload.of("github/push.json").replace(from, to));

    assertThat(push.changed()).isEqualTo(new ChangedFiles(List.of("README.md"), false));
  }

  @Test
  void tells_of_no_commit_before_a_new_branch() {
    String body =
        Payload.of("github/push.json").replace("9049f1265b7d61be4a8904a9a27120d2064dab3b", NOTHING);

    assertThat(push(body).before()).isNull();
  }

  @Test
  void tells_of_a_branch_that_is_gone() {
    String body =
        Payload.of("github/push-tag-deleted.json").replace("refs/tags/", "refs/heads/feature/");

    assertThat(read("push", body))
        .containsExactly(new BranchDeleted(HELLO_WORLD, "feature/simple-tag", CODERTOCAT));
  }

  @Test
  void tells_of_a_tag_that_is_gone() {
    assertThat(read("push", Payload.of("github/push-tag-deleted.json")))
        .containsExactly(new TagDeleted(HELLO_WORLD, "simple-tag", CODERTOCAT));
  }

  @Test
  void tells_the_commit_of_a_tag_that_is_an_object_of_its_own() {
    String body =
        Payload.of("github/push.json")
            .replace("refs/heads/changes", "refs/tags/v1.0.0")
            .replaceFirst(
                "\"after\": \"0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c\"",
                "\"after\": \"6113728f27ae82c7b1a177c8d03f9e96e0adf246\"");

    assertThat(read("push", body).getFirst())
        .isInstanceOfSatisfying(
            TagPush.class,
            push -> {
              assertThat(push.tag()).isEqualTo("v1.0.0");
              assertThat(push.sha()).isEqualTo("0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c");
              assertThat(push.message()).isEqualTo("Update README.md");
            });
  }

  @Test
  void tells_of_a_pull_request() {
    assertThat(read("pull_request", Payload.of("github/pull-request.json")))
        .containsExactly(
            new PullRequest(
                HELLO_WORLD,
                2,
                Action.UPDATED,
                false,
                "Update the README with new information.",
                "This is a pretty simple change that we need to pull into master.",
                "https://github.com/Codertocat/Hello-World/pull/2",
                new Head(
                    "changes",
                    "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
                    "Codertocat/Hello-World"),
                new Base("master", "f95f852bd8fca8fcc58a9a2d6c842781e32a215e"),
                CODERTOCAT));
  }

  @ParameterizedTest
  @CsvSource({
    "opened, false, OPENED",
    "reopened, false, OPENED",
    "synchronize, false, UPDATED",
    "closed, false, CLOSED",
    "closed, true, CLOSED",
  })
  void tells_what_was_done_to_a_pull_request(String told, boolean isMerged, Action action) {
    String body =
        Payload.of("github/pull-request.json")
            .replace("synchronize", told)
            .replace("\"merged\": false", "\"merged\": " + isMerged);

    assertThat(read("pull_request", body).getFirst())
        .isInstanceOfSatisfying(
            PullRequest.class,
            request -> {
              assertThat(request.action()).isEqualTo(action);
              assertThat(request.isMerged()).isEqualTo(isMerged);
            });
  }

  @Test
  void tells_of_a_pull_request_that_has_another_base() {
    String body =
        Payload.of("github/pull-request.json")
            .replace(
                "\"action\": \"synchronize\"",
                "\"action\": \"edited\", \"changes\": {\"base\": {\"ref\": {\"from\": \"x\"}}}");

    assertThat(read("pull_request", body).getFirst())
        .isInstanceOfSatisfying(
            PullRequest.class, request -> assertThat(request.action()).isEqualTo(Action.UPDATED));
  }

  @ParameterizedTest
  @CsvSource({"edited", "labeled", "ready_for_review", "review_requested"})
  void says_nothing_of_what_changes_no_merge(String action) {
    String body = Payload.of("github/pull-request.json").replace("synchronize", action);

    assertThat(read("pull_request", body)).containsExactly(new Ignored("pull_request " + action));
  }

  @Test
  void tells_of_a_fork_and_of_one_that_is_gone() {
    String body = Payload.of("github/pull-request.json");
    String fork = body.replaceFirst("Codertocat/Hello-World\",", "octocat/Hello-World\",");
    String gone = body.replaceFirst("\"repo\": \\{", "\"repo\": null, \"was\": {");

    assertThat(request(body).isFromFork()).isFalse();
    assertThat(request(fork).isFromFork()).isTrue();
    assertThat(request(gone).isFromFork()).isTrue();
    assertThat(request(gone).head().repository()).isNull();
  }

  private static PullRequest request(String body) {
    return (PullRequest) read("pull_request", body).getFirst();
  }

  @Test
  void tries_whether_somebody_listens() {
    assertThat(read("ping", Payload.of("github/ping.json"))).containsExactly(new Ping());
  }

  @Test
  void tells_much_that_does_not_matter_here() {
    assertThat(read("star", "{}")).containsExactly(new Ignored("star"));
    assertThat(read("push", Payload.of("github/push.json").replace("refs/heads/", "refs/notes/")))
        .containsExactly(new Ignored("push of refs/notes/changes"));
  }
}
