package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.vcshost.VcsEvent.Malformed;
import io.terrarium.core.vcshost.VcsEvent.PullRequest;
import io.terrarium.core.vcshost.VcsEvent.Push;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies that no host's documentation promises.
class HostileWebhooksTest {
  private static final int MEGABYTE = 1024 * 1024;

  private static List<VcsEvent> push(String body) {
    return Payload.read(ServiceProvider.GITHUB, "X-GitHub-Event", "push", body);
  }

  private static String reason(List<VcsEvent> events) {
    assertThat(events).hasSize(1);
    return ((Malformed) events.getFirst()).reason();
  }

  @Nested
  class A_body_that_cannot_be_read {
    @ParameterizedTest
    @CsvSource({"''", "'{'", "'{\"ref\": '", "nothing", "'{} {}'", "'\u0000'"})
    void is_malformed_and_says_so(String body) {
      assertThat(reason(push(body))).isEqualTo("Its body is no JSON that can be read.");
    }

    @Test
    void is_malformed_where_it_is_no_text() {
      WebhookRequest request =
          new WebhookRequest(Map.of("X-GitHub-Event", "push"), new byte[] {'{', '"', (byte) 0xff});

      assertThat(reason(ServiceProvider.GITHUB.host().read(request))).contains("no JSON");
    }

    @Test
    void is_malformed_where_it_is_a_form() {
      WebhookRequest request =
          new WebhookRequest(
              Map.of(
                  "X-GitHub-Event",
                  "push",
                  "Content-Type",
                  "application/x-www-form-urlencoded; charset=utf-8"),
              "payload=%7B%7D".getBytes(StandardCharsets.UTF_8));

      assertThat(reason(ServiceProvider.GITHUB.host().read(request)))
          .contains("must send application/json");
    }

    @Test
    void is_malformed_however_deep_it_is() {
      String deep = "{\"repository\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}";

      assertThat(reason(push(deep))).contains("no JSON");
    }
  }

  @Nested
  class A_body_that_lacks_something {
    @ParameterizedTest
    @CsvSource({
      "GITHUB, X-GitHub-Event, push, github/push.json, after",
      "GITHUB, X-GitHub-Event, push, github/push.json, full_name",
      "GITHUB, X-GitHub-Event, pull_request, github/pull-request.json, action",
      "GITHUB, X-GitHub-Event, pull_request, github/pull-request.json, sha",
      "GITLAB_HOSTED, X-Gitlab-Event, Push Hook, gitlab/push.json, ref",
      "GITLAB_HOSTED, X-Gitlab-Event, Merge Request Hook, gitlab/merge-request.json, iid",
      "BITBUCKET_HOSTED, X-Event-Key, repo:push, bitbucket-cloud/push.json, changes",
      "BITBUCKET_HOSTED, X-Event-Key, repo:push, bitbucket-cloud/push.json, hash",
      "BITBUCKET_SERVER, X-Event-Key, repo:refs_changed, bitbucket-server/refs-changed.json, slug",
      "BITBUCKET_SERVER, X-Event-Key, pr:opened, bitbucket-server/pull-request.json, latestCommit",
      "GITEA, X-Gitea-Event, push, gitea/push.json, before",
      "GITEA, X-Gitea-Event, delete, gitea/delete.json, ref_type",
      "GIT, X-Other, -, git/push.json, before",
    })
    void is_malformed_and_says_what(
        ServiceProvider provider, String header, String event, String file, String field) {
      String body = Payload.of(file).replace("\"" + field + "\":", "\"x\":");

      List<VcsEvent> events = Payload.read(provider, header, event, body);

      assertThat(reason(events)).startsWith("Its body is not as documented: ").contains(field);
    }

    @Test
    void is_malformed_where_it_has_another_form() {
      assertThat(reason(push("[1, 2]"))).contains("ref");
      assertThat(reason(push("\"push\""))).contains("ref");
      assertThat(reason(push("{\"ref\": {\"ref\": 1}}"))).contains("ref");
    }

    @ParameterizedTest
    @CsvSource({"GITHUB", "GITLAB_HOSTED", "BITBUCKET_HOSTED", "BITBUCKET_SERVER", "GITEA"})
    void is_malformed_where_it_does_not_say_what_it_is(ServiceProvider provider) {
      assertThat(reason(Payload.read(provider, "X-Other", "push", "{}"))).contains("No header");
    }

    @Test
    void is_malformed_where_a_commit_is_no_commit() {
      String body =
          Payload.of("git/push.json")
              .replace("0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c", "--upload-pack=evil");

      assertThat(reason(Payload.read(ServiceProvider.GIT, "X-Other", "", body))).contains("after");
    }
  }

  @Nested
  class A_body_that_is_huge {
    @Test
    void costs_less_memory_than_it_is_long() {
      String commit =
          IntStream.range(0, 10)
              .mapToObj(i -> "\"%s/%d\"".formatted("directory/".repeat(20), i))
              .collect(Collectors.joining(",", "{\"junk\": [[[1]]], \"added\": [", "]}"));
      StringBuilder commits = new StringBuilder(commit);
      while (commits.length() < 20 * MEGABYTE) {
        commits.append(',').append(commit);
      }
      String body =
          Payload.of("github/push.json")
              .replace("\"commits\": [", "\"commits\": [" + commits + ",");

      WebhookRequest request = Payload.request("X-GitHub-Event", "push", body);
      long before = allocatedBytes();

      Push push = (Push) ServiceProvider.GITHUB.host().read(request).getFirst();

      assertThat(allocatedBytes() - before).isLessThan(request.body().length);
      assertThat(push.changed().isComplete()).isFalse();
      assertThat(push.changed().files()).hasSizeLessThanOrEqualTo(ChangedFiles.MAX);
      assertThat(push.repository().identifier()).isEqualTo("baxterthehacker/public-repo");
    }

    private long allocatedBytes() {
      return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
          .getCurrentThreadAllocatedBytes();
    }

    @Test
    void names_as_many_files_as_are_kept_and_says_that_there_are_more() {
      String files =
          IntStream.rangeClosed(0, ChangedFiles.MAX)
              .mapToObj("\"file-%d\""::formatted)
              .collect(Collectors.joining(","));

      Push push =
          (Push) push(Payload.of("github/push.json").replace("\"README.md\"", files)).getFirst();

      assertThat(push.changed().files()).hasSize(ChangedFiles.MAX).contains("file-0");
      assertThat(push.changed().isComplete()).isFalse();
    }

    @Test
    void names_no_file_that_nobody_can_have() {
      String body =
          Payload.of("github/push.json")
              .replace("\"README.md\"", "\"README.md\", \"" + "x".repeat(5_000) + "\"");

      Push push = (Push) push(body).getFirst();

      assertThat(push.changed()).isEqualTo(new ChangedFiles(List.of("README.md"), false));
    }

    @Test
    void has_its_texts_cut() {
      String body =
          Payload.of("github/pull-request.json")
              .replace("This is a pretty simple change", "x".repeat(2 * MEGABYTE));

      List<VcsEvent> events =
          Payload.read(ServiceProvider.GITHUB, "X-GitHub-Event", "pull_request", body);

      assertThat(((PullRequest) events.getFirst()).body()).hasSize(65_536);
    }

    @Test
    void tells_of_no_more_branches_than_anybody_pushes_at_once() {
      String change =
          """
          {"new": {"type": "branch", "name": "b", "target": {"hash": "709d658dc5b6"}}},
          """;
      String body =
          Payload.of("bitbucket-cloud/push.json")
              .replace("\"changes\": [", "\"changes\": [" + change.repeat(1_000));

      assertThat(Payload.read(ServiceProvider.BITBUCKET_HOSTED, "X-Event-Key", "repo:push", body))
          .hasSize(100);
    }
  }
}
