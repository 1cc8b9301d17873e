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
import io.terrarium.core.vcshost.VcsEvent.TagDeleted;
import io.terrarium.core.vcshost.VcsEvent.TagPush;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Bitbucket Cloud tells, from the examples of its documentation.
class BitbucketCloudEventsTest {
  private static final Repository REPOSITORY =
      new Repository(
          "team_name/repo_name", null, null, null, "https://api.bitbucket.org/bitbucket/bitbucket");

  private static final Sender EMMA =
      new Sender(
          "emmap1",
          "https://bitbucket-api-assetroot.s3.amazonaws.com/c/photos/2015/Feb/26/3613917261-0-emmap1-avatar_avatar.png",
          "https://api.bitbucket.org/emmap1");

  private static List<VcsEvent> read(String event, String body) {
    return Payload.read(ServiceProvider.BITBUCKET_HOSTED, "X-Event-Key", event, body);
  }

  @Test
  void tells_of_a_push_without_its_files() {
    List<VcsEvent> events = read("repo:push", Payload.of("bitbucket-cloud/push.json"));

    assertThat(events)
        .containsExactly(
            new Push(
                REPOSITORY,
                "name-of-branch",
                "1e65c05c1d5171631d92438a13901ca7dae9618c",
                "709d658dc5b6d6afcd46049c2f332ee3f515a67d",
                "new commit message\n",
                "https://bitbucket.org/user_name/repo_name/commits/c4b2b7914156a878aa7c9da452a09fb50c2091f2",
                "https://bitbucket.org/user_name/repo_name/branches/compare/"
                    + "c4b2b7914156a878aa7c9da452a09fb50c2091f2"
                    + "..b99ea6dad8f416e57c5ca78c1ccef590600d841b",
                ChangedFiles.UNKNOWN,
                EMMA));
    assertThat(((Push) events.getFirst()).isOnDefaultBranch()).isEmpty();
  }

  @Test
  void tells_of_several_tags_and_branches_at_once() {
    assertThat(read("repo:push", Payload.of("bitbucket-cloud/push-of-tags.json")))
        .containsExactly(
            new TagPush(
                REPOSITORY,
                "v1.2.0",
                "709d658dc5b6d6afcd46049c2f332ee3f515a67d",
                "new commit message\n",
                "https://bitbucket.org/team_name/repo_name/commits/709d658dc5b6d6afcd46049c2f332ee3f515a67d",
                EMMA),
            new TagDeleted(REPOSITORY, "v1.1.0", EMMA),
            new BranchDeleted(REPOSITORY, "gone", EMMA),
            new Ignored("push of a bookmark"));
  }

  @ParameterizedTest
  @CsvSource({
    "pullrequest:created, OPENED, false",
    "pullrequest:updated, UPDATED, false",
    "pullrequest:fulfilled, CLOSED, true",
    "pullrequest:rejected, CLOSED, false",
  })
  void tells_of_a_pull_request(String event, Action action, boolean isMerged) {
    assertThat(read(event, Payload.of("bitbucket-cloud/pull-request.json")))
        .containsExactly(
            new PullRequest(
                REPOSITORY,
                1,
                action,
                isMerged,
                "Title of pull request",
                "Description of pull request",
                "https://api.bitbucket.org/pullrequest_id",
                new Head("branch2", "d3022fc0ca3d", "team_name/repo_name"),
                new Base("master", "ce5965ddd289"),
                EMMA));
  }

  @Test
  void tells_much_that_does_not_matter_here() {
    assertThat(read("pullrequest:approved", "{}"))
        .containsExactly(new Ignored("pullrequest:approved"));
  }
}
