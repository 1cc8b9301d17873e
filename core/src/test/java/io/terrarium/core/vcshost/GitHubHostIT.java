package io.terrarium.core.vcshost;

import static io.terrarium.core.vcshost.Hosts.SECRET;
import static io.terrarium.core.vcshost.Hosts.SHA;
import static io.terrarium.core.vcshost.Hosts.TARGET;
import static io.terrarium.core.vcshost.Hosts.done;
import static io.terrarium.core.vcshost.Hosts.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.vcshost.CommitStatus.State;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls as the documentation of GitHub's REST API has them.
class GitHubHostIT {
  private static final String API = "http://github.test/api/v3";
  private static final String REPOSITORY = API + "/repos/octocat/Hello-World";
  private static final String NEXT = "<" + API + "/elsewhere?page=2>; rel=\"next\"";
  private static final String HELLO_WORLD =
      """
      {"id": 1296269, "name": "Hello-World", "full_name": "octocat/Hello-World",
       "owner": {"login": "octocat"}, "default_branch": "master",
       "html_url": "https://github.com/octocat/Hello-World",
       "clone_url": "https://github.com/octocat/Hello-World.git",
       "ssh_url": "git@github.com:octocat/Hello-World.git"}
      """;

  private final VcsHost host = ServiceProvider.GITHUB_ENTERPRISE.host();
  @AutoClose private final FakeHost fake = new FakeHost();
  private final HostConnection connection = fake.connection("http://github.test", API + "/");

  @Test
  void tells_whose_token_it_is() {
    fake.answers("GET " + API + "/user", 200, "{\"login\": \"octocat\", \"id\": 1}");

    assertThat(done(host.user(connection))).isEqualTo("octocat");
    assertThat(fake.last().headers().getFirst("Authorization"))
        .isEqualTo("Bearer token-of-the-test");
    assertThat(fake.last().headers().getFirst("Accept")).isEqualTo("application/vnd.github+json");
    assertThat(fake.last().headers().getFirst("User-Agent")).isEqualTo("Terrarium");
    assertThat(fake.last().headers().getFirst("Proxy-x-terrarium-flow")).isEqualTo("run-1");
  }

  @Test
  void tells_of_a_repository() {
    fake.answers("GET " + REPOSITORY, 200, HELLO_WORLD);

    assertThat(done(host.repository(connection, "octocat/Hello-World")))
        .isEqualTo(
            new Repository(
                "octocat/Hello-World",
                "master",
                "https://github.com/octocat/Hello-World.git",
                "git@github.com:octocat/Hello-World.git",
                "https://github.com/octocat/Hello-World"));
  }

  @Test
  void tells_of_repositories_page_by_page() {
    String list = "[" + HELLO_WORLD + ", {\"full_name\": \"octocat/Spoon-Knife\"}]";
    fake.answers("GET " + API + "/user/repos?per_page=100&page=1", 200, Map.of("Link", NEXT), list)
        .answers("GET " + API + "/user/repos?per_page=100&page=2", 200, list);

    RepositoryPage first = done(host.repositories(connection, "", 1));
    RepositoryPage second = done(host.repositories(connection, "SPOON", 2));

    assertThat(first.repositories()).hasSize(2);
    assertThat(first.next()).isEqualTo(OptionalInt.of(2));
    assertThat(second.repositories())
        .extracting(Repository::identifier)
        .containsExactly("octocat/Spoon-Knife");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void tells_the_whole_name_of_a_commit() {
    fake.answers("GET " + REPOSITORY + "/commits/0d1a26e", 200, "{\"sha\": \"" + SHA + "\"}");

    assertThat(done(host.commit(connection, "octocat/Hello-World", "0d1a26e"))).isEqualTo(SHA);
  }

  @Test
  void tells_the_files_of_a_pull_request_page_by_page() {
    String files = REPOSITORY + "/pulls/7/files?per_page=100&page=";
    fake.answers(
            "GET " + files + "1",
            200,
            Map.of("Link", NEXT),
            "[{\"filename\": \"new.tf\", \"previous_filename\": \"old.tf\", \"patch\": \"@@\"}]")
        .answers("GET " + files + "2", 200, "[{\"filename\": \"main.tf\", \"status\": \"added\"}]");

    assertThat(
            done(
                host.changedFiles(
                    connection, "octocat/Hello-World", new Comparison.OfPullRequest(7))))
        .isEqualTo(new ChangedFiles(List.of("new.tf", "old.tf", "main.tf"), true));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, true",
    "299, 0, true",
    "300, 0, false",
    // A branch that was rewritten: what it has lost is not told.
    "1, 2, false",
    "0, 2, false",
  })
  void tells_the_files_between_commits_up_to_a_limit(int files, int behind, boolean isComplete) {
    String list =
        IntStream.range(0, files)
            .mapToObj("{\"filename\": \"file-%d\"}"::formatted)
            .collect(Collectors.joining(","));
    fake.answers(
        "GET " + REPOSITORY + "/compare/aaaa...bbbb",
        200,
        "{\"behind_by\": %d, \"total_commits\": 1, \"files\": [%s]}".formatted(behind, list));

    ChangedFiles changed =
        done(
            host.changedFiles(
                connection, "octocat/Hello-World", new Comparison.OfCommits("aaaa", "bbbb")));

    assertThat(changed.files()).hasSize(files);
    assertThat(changed.isComplete()).isEqualTo(isComplete);
  }

  private static final String HOOK =
      """
      {"active": true, "events": ["push", "pull_request"], "name": "web",
       "config": {"url": "https://mesh.test/webhooks/vcs/8a1f", "content_type": "json",
                  "insecure_ssl": "0", "secret": "secret of the hook"}}
      """;

  @Test
  void registers_a_webhook() {
    fake.answers("GET " + REPOSITORY + "/hooks?per_page=100&page=1", 200, "[]")
        .answers(
            "POST " + REPOSITORY + "/hooks", 201, "{\"id\": 12345678, \"type\": \"Repository\"}");

    String id = done(host.registerHook(connection, "octocat/Hello-World", TARGET, SECRET));

    assertThat(id).isEqualTo("12345678");
    assertThat(fake.last().json()).isEqualTo(json(HOOK));
    assertThat(fake.last().headers().getFirst("Content-Type")).isEqualTo("application/json");
  }

  private void hasAHook() {
    fake.answers(
            "GET " + REPOSITORY + "/hooks?per_page=100&page=1",
            200,
            Map.of("Link", NEXT),
            "[{\"id\": 1, \"config\": {\"url\": \"https://mesh.test/webhooks/vcs/other\"}}]")
        .answers(
            "GET " + REPOSITORY + "/hooks?per_page=100&page=2",
            200,
            "[{\"id\": 2, \"config\": {\"url\": \"" + TARGET + "\", \"secret\": \"****\"}}]");
  }

  @Test
  void brings_a_webhook_up_to_date_that_is_there_already() {
    hasAHook();
    fake.answers("PATCH " + REPOSITORY + "/hooks/2", 200, "{\"id\": 2}");

    String id = done(host.registerHook(connection, "octocat/Hello-World", TARGET, SECRET));

    assertThat(id).isEqualTo("2");
    assertThat(fake.last().json()).isEqualTo(json(HOOK));
  }

  @Test
  void removes_a_webhook() {
    hasAHook();
    fake.answers("DELETE " + REPOSITORY + "/hooks/2", 204, "");

    assertThat(done(host.removeHook(connection, "octocat/Hello-World", TARGET))).isTrue();
  }

  @Test
  void has_nothing_to_remove_where_there_is_no_webhook_of_ours() {
    fake.answers("GET " + REPOSITORY + "/hooks?per_page=100&page=1", 200, "[]");

    assertThat(done(host.removeHook(connection, "octocat/Hello-World", TARGET))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, pending",
    "RUNNING, pending",
    "SUCCESS, success",
    "FAILURE, failure",
    "ERROR, error",
    "CANCELED, error",
  })
  void shows_a_status(State state, String word) {
    fake.answers("POST " + REPOSITORY + "/statuses/" + SHA, 201, "{\"id\": 1}");

    assertThat(done(host.postStatus(connection, "octocat/Hello-World", SHA, Hosts.status(state))))
        .isEqualTo(word);
    assertThat(fake.last().json())
        .isEqualTo(
            json(
                """
                {"state": "%s", "context": "atlas/lab/network", "description": "Planned.",
                 "target_url": "https://mesh.test/runs/run-1"}
                """
                    .formatted(word)));
  }

  @Test
  void cuts_a_description_to_what_it_takes() {
    fake.answers("POST " + REPOSITORY + "/statuses/" + SHA, 201, "{\"id\": 1}");

    done(host.postStatus(connection, "octocat/Hello-World", SHA, Hosts.longStatus()));

    assertThat(fake.last().json().path("description").asText()).hasSize(140).endsWith("…");
  }
}
