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

/// What Bitbucket Server and Data Center tells, from the examples of its documentation.
class BitbucketServerEventsTest {
  private static final Repository REPOSITORY =
      new Repository(
          "~gopher/webhook-test",
          null,
          "https://server.bitbucket.local/scm/~gopher/webhook-test.git",
          "ssh://git@server.bitbucket.local:7999/~gopher/webhook-test.git",
          "https://server.bitbucket.local/users/gopher/repos/webhook-test/browse");

  private static final Sender GOPHER =
      new Sender("gopher", null, "https://server.bitbucket.local/users/gopher");

  private static List<VcsEvent> read(String event, String body) {
    return Payload.read(ServiceProvider.BITBUCKET_DATA_CENTER, "X-Event-Key", event, body);
  }

  @Test
  void tells_of_several_tags_and_branches_at_once() {
    assertThat(read("repo:refs_changed", Payload.of("bitbucket-server/refs-changed.json")))
        .containsExactly(
            new Push(
                REPOSITORY,
                "master",
                "ecddabb624f6f5ba43816f5926e580a5f680a932",
                "178864a7d521b6f5e720b386b2c2b0ef8563e0dc",
                null,
                null,
                null,
                ChangedFiles.UNKNOWN,
                GOPHER),
            new BranchDeleted(REPOSITORY, "feature/wip", GOPHER),
            new TagPush(
                REPOSITORY,
                "v1.0.0",
                "cbf26be7bfc8394906abbd571498fb8d28888b58",
                null,
                null,
                GOPHER),
            new TagDeleted(REPOSITORY, "v0.9.0", GOPHER),
            new Ignored("push of refs/notes/commits"));
  }

  @ParameterizedTest
  @CsvSource({
    "pr:opened, OPENED, false",
    "pr:from_ref_updated, UPDATED, false",
    "pr:merged, CLOSED, true",
    "pr:declined, CLOSED, false",
    "pr:deleted, CLOSED, false",
  })
  void tells_of_a_pull_request(String event, Action action, boolean isMerged) {
    assertThat(read(event, Payload.of("bitbucket-server/pull-request.json")))
        .containsExactly(pullRequest(action, isMerged));
  }

  private PullRequest pullRequest(Action action, boolean isMerged) {
    return new PullRequest(
        REPOSITORY,
        5,
        action,
        isMerged,
        "Update README",
        "yada yada yada",
        "https://server.bitbucket.local/users/gopher/repos/webhook-test/pull-requests/5",
        new Head("feature/wip", "32a0b8a740c2963c6f56bd8baf3dc05683d299e0", "~gopher/webhook-test"),
        new Base("master", "cde6c45a4210afe81638aa1f3aa960d633c66a90"),
        GOPHER);
  }

  @Test
  void says_nothing_of_a_pull_request_with_another_title() {
    assertThat(read("pr:modified", Payload.of("bitbucket-server/pull-request.json")))
        .containsExactly(new Ignored("pr:modified"));
  }

  @Test
  void tells_of_a_pull_request_that_has_another_target() {
    String body = Payload.of("bitbucket-server/pull-request.json");
    int previous = body.indexOf("previousTarget");

    assertThat(
            read(
                "pr:modified",
                body.substring(0, previous) + body.substring(previous).replace("master", "other")))
        .containsExactly(pullRequest(Action.UPDATED, false));
  }

  @Test
  void tries_whether_somebody_listens() {
    assertThat(read("diagnostics:ping", "{\"test\": true}")).containsExactly(new Ping());
  }

  @Test
  void tells_much_that_does_not_matter_here() {
    assertThat(read("pr:comment:added", "{}")).containsExactly(new Ignored("pr:comment:added"));
  }
}
