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

/// What GitLab tells, from the examples of its documentation.
class GitLabEventsTest {
  private static final String NOTHING = "0".repeat(40);

  private static final Repository DIASPORA =
      new Repository(
          "mike/diaspora",
          "master",
          "http://example.com/mike/diaspora.git",
          "git@example.com:mike/diaspora.git",
          "http://example.com/mike/diaspora");

  private static final Repository EXAMPLE =
      new Repository(
          "jsmith/example",
          "master",
          "http://example.com/jsmith/example.git",
          "git@example.com:jsmith/example.git",
          "http://example.com/jsmith/example");

  private static final String AVATAR =
      "https://s.gravatar.com/avatar/d4c74594d841139328695756648b6bd6";

  private static List<VcsEvent> read(String event, String body) {
    return Payload.read(ServiceProvider.GITLAB_HOSTED, "X-Gitlab-Event", event, body);
  }

  @Test
  void tells_of_a_push_of_which_two_commits_of_four_are_told() {
    assertThat(read("Push Hook", Payload.of("gitlab/push.json")))
        .containsExactly(
            new Push(
                DIASPORA,
                "master",
                "95790bf891e76fee5e1747ab589903a6a1f80f22",
                "da1560886d4f094c3e6c9ef40349f7d38b5d27d7",
                "fixed readme",
                "http://example.com/mike/diaspora/commit/da1560886d4f094c3e6c9ef40349f7d38b5d27d7",
                "http://example.com/mike/diaspora/-/compare/"
                    + "95790bf891e76fee5e1747ab589903a6a1f80f22"
                    + "...da1560886d4f094c3e6c9ef40349f7d38b5d27d7",
                new ChangedFiles(List.of("CHANGELOG", "app/controller/application.rb"), false),
                new Sender("jsmith", AVATAR, null)));
  }

  @Test
  void tells_all_files_where_it_tells_all_commits() {
    String body =
        Payload.of("gitlab/push.json")
            .replace("\"total_commits_count\": 4", "\"total_commits_count\": 2");

    assertThat(read("Push Hook", body).getFirst())
        .isInstanceOfSatisfying(
            Push.class, push -> assertThat(push.changed().isComplete()).isTrue());
  }

  @Test
  void tells_of_a_tag() {
    assertThat(read("Tag Push Hook", Payload.of("gitlab/tag-push.json")))
        .containsExactly(
            new TagPush(
                EXAMPLE,
                "v1.0.0",
                "82b3d5ae55f7080f1e6022629cdb57bfae7cccc7",
                null,
                null,
                new Sender("John Smith", AVATAR, null)));
  }

  @Test
  void tells_the_commit_of_a_tag_that_is_an_object_of_its_own() {
    String body =
        Payload.of("gitlab/tag-push.json")
            .replace(
                "\"checkout_sha\": \"82b3d5ae55f7080f1e6022629cdb57bfae7cccc7\"",
                "\"checkout_sha\": \"da1560886d4f094c3e6c9ef40349f7d38b5d27d7\"");

    assertThat(read("Tag Push Hook", body).getFirst())
        .isInstanceOfSatisfying(
            TagPush.class,
            push -> assertThat(push.sha()).isEqualTo("da1560886d4f094c3e6c9ef40349f7d38b5d27d7"));
  }

  @Test
  void tells_of_tags_and_branches_that_are_gone() {
    String tag =
        Payload.of("gitlab/tag-push.json")
            .replace("82b3d5ae55f7080f1e6022629cdb57bfae7cccc7", NOTHING);
    String branch =
        Payload.of("gitlab/push.json")
            .replaceFirst(
                "\"after\": \"da1560886d4f094c3e6c9ef40349f7d38b5d27d7\"",
                "\"after\": \"" + NOTHING + "\"");

    assertThat(read("Tag Push Hook", tag))
        .containsExactly(new TagDeleted(EXAMPLE, "v1.0.0", new Sender("John Smith", AVATAR, null)));
    assertThat(read("Push Hook", branch))
        .containsExactly(new BranchDeleted(DIASPORA, "master", new Sender("jsmith", AVATAR, null)));
  }

  @Test
  void tells_of_a_merge_request_which_is_from_a_fork_in_the_documentation() {
    assertThat(read("Merge Request Hook", Payload.of("gitlab/merge-request.json")))
        .containsExactly(
            new PullRequest(
                new Repository(
                    "gitlabhq/gitlab-test",
                    "master",
                    "http://example.com/gitlabhq/gitlab-test.git",
                    "git@example.com:gitlabhq/gitlab-test.git",
                    "http://example.com/gitlabhq/gitlab-test"),
                1,
                Action.OPENED,
                false,
                "MS-Viewport",
                "",
                "http://example.com/diaspora/merge_requests/1",
                new Head(
                    "ms-viewport",
                    "da1560886d4f094c3e6c9ef40349f7d38b5d27d7",
                    "awesome_space/awesome_project"),
                new Base("master", null),
                new Sender(
                    "root",
                    "http://www.gravatar.com/avatar/e64c7d89f26bd1972efa854d13d7dd61?s=40&d=identicon",
                    null)));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"action\": \"open\"', OPENED, false",
    "'\"action\": \"reopen\"', OPENED, false",
    "'\"action\": \"update\", \"oldrev\": \"b6568db1bc1dcd7f8b4d5a946b0b91f9dacd7327\"',"
        + " UPDATED, false",
    "'\"action\": \"close\"', CLOSED, false",
    "'\"action\": \"merge\"', CLOSED, true",
  })
  void tells_what_was_done_to_a_merge_request(String told, Action action, boolean isMerged) {
    String body = Payload.of("gitlab/merge-request.json").replace("\"action\": \"open\"", told);

    assertThat(read("Merge Request Hook", body).getFirst())
        .isInstanceOfSatisfying(
            PullRequest.class,
            request -> {
              assertThat(request.action()).isEqualTo(action);
              assertThat(request.isMerged()).isEqualTo(isMerged);
              assertThat(request.isFromFork()).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({"update", "approved", "unapproval"})
  void says_nothing_of_what_changes_no_merge(String action) {
    String body =
        Payload.of("gitlab/merge-request.json")
            .replace("\"action\": \"open\"", "\"action\": \"" + action + "\"");

    assertThat(read("Merge Request Hook", body))
        .containsExactly(new Ignored("merge request " + action));
  }

  @Test
  void tells_of_a_merge_request_that_has_another_target() {
    String body =
        Payload.of("gitlab/merge-request.json")
            .replace("\"action\": \"open\"", "\"action\": \"update\"")
            .replace("\"changes\": {", "\"changes\": {\"target_branch\": {\"previous\": \"x\"},");

    assertThat(read("Merge Request Hook", body).getFirst()).isInstanceOf(PullRequest.class);
  }

  @Test
  void tells_much_that_does_not_matter_here() {
    assertThat(read("Pipeline Hook", "{}")).containsExactly(new Ignored("Pipeline Hook"));
  }
}
