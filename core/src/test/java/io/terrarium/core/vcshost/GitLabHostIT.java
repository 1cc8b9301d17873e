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

/// Calls as the documentation of GitLab's REST API has them.
class GitLabHostIT {
  private static final String API = "http://gitlab.test/api/v4";
  private static final String IDENTIFIER = "group/sub/network";
  private static final String PROJECT = API + "/projects/group%2Fsub%2Fnetwork";
  private static final String NEXT = "<" + API + "/elsewhere?page=2>; rel=\"next\"";
  private static final String NETWORK =
      """
      {"id": 3, "name": "Network", "path_with_namespace": "group/sub/network",
       "default_branch": "main", "http_url_to_repo": "http://gitlab.test/group/sub/network.git",
       "ssh_url_to_repo": "git@gitlab.test:group/sub/network.git",
       "web_url": "http://gitlab.test/group/sub/network"}
      """;

  private final VcsHost host = ServiceProvider.GITLAB_COMMUNITY_EDITION.host();
  @AutoClose private final FakeHost fake = new FakeHost();
  private final HostConnection connection = fake.connection("http://gitlab.test", API);

  @Test
  void tells_whose_token_it_is() {
    fake.answers("GET " + API + "/user", 200, "{\"id\": 1, \"username\": \"john_smith\"}");

    assertThat(done(host.user(connection))).isEqualTo("john_smith");
    assertThat(fake.last().headers().getFirst("Authorization"))
        .isEqualTo("Bearer token-of-the-test");
  }

  @Test
  void tells_of_a_project_in_a_group_of_a_group() {
    fake.answers("GET " + PROJECT, 200, NETWORK);

    assertThat(done(host.repository(connection, IDENTIFIER)))
        .isEqualTo(
            new Repository(
                IDENTIFIER,
                "main",
                "http://gitlab.test/group/sub/network.git",
                "git@gitlab.test:group/sub/network.git",
                "http://gitlab.test/group/sub/network"));
  }

  @Test
  void tells_of_projects_page_by_page() {
    String projects =
        API + "/projects?membership=true&simple=true&order_by=id&sort=asc&per_page=100";
    fake.answers("GET " + projects + "&page=1", 200, Map.of("Link", NEXT), "[" + NETWORK + "]")
        .answers(
            "GET " + projects + "&search_namespaces=true&search=sub%2Fnet&page=2",
            200,
            "[" + NETWORK + "]");

    RepositoryPage first = done(host.repositories(connection, "", 1));
    RepositoryPage second = done(host.repositories(connection, "sub/net", 2));

    assertThat(first.repositories()).extracting(Repository::identifier).containsExactly(IDENTIFIER);
    assertThat(first.next()).isEqualTo(OptionalInt.of(2));
    assertThat(second.repositories()).hasSize(1);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void tells_the_whole_name_of_a_commit() {
    fake.answers(
        "GET " + PROJECT + "/repository/commits/feature%2Fone", 200, "{\"id\": \"" + SHA + "\"}");

    assertThat(done(host.commit(connection, IDENTIFIER, "feature/one"))).isEqualTo(SHA);
  }

  @Test
  void tells_the_files_of_a_merge_request_page_by_page() {
    String diffs = PROJECT + "/merge_requests/7/diffs?per_page=100&page=";
    fake.answers(
            "GET " + diffs + "1",
            200,
            Map.of("Link", NEXT),
            "[{\"old_path\": \"old.tf\", \"new_path\": \"new.tf\", \"renamed_file\": true}]")
        .answers("GET " + diffs + "2", 200, "[{\"old_path\": \"a.tf\", \"new_path\": \"a.tf\"}]");

    assertThat(done(host.changedFiles(connection, IDENTIFIER, new Comparison.OfPullRequest(7))))
        .isEqualTo(new ChangedFiles(List.of("new.tf", "old.tf", "a.tf"), true));
  }

  @ParameterizedTest
  @CsvSource({"1, false, true", "1, true, false", "1000, false, false"})
  void tells_the_files_between_commits_up_to_a_limit(
      int files, boolean isTimeout, boolean isComplete) {
    String list =
        IntStream.range(0, files)
            .mapToObj(i -> "{\"old_path\": \"f-%d\", \"new_path\": \"f-%d\"}".formatted(i, i))
            .collect(Collectors.joining(","));
    fake.answers(
        "GET " + PROJECT + "/repository/compare?from=aaaa&to=bbbb&straight=true",
        200,
        "{\"commits\": [], \"diffs\": [" + list + "], \"compare_timeout\": " + isTimeout + "}");

    ChangedFiles changed =
        done(host.changedFiles(connection, IDENTIFIER, new Comparison.OfCommits("aaaa", "bbbb")));

    assertThat(changed.files()).hasSize(files);
    assertThat(changed.isComplete()).isEqualTo(isComplete);
  }

  private static final String HOOK =
      """
      {"url": "https://mesh.test/webhooks/vcs/8a1f", "token": "secret of the hook",
       "push_events": true, "tag_push_events": true, "merge_requests_events": true,
       "enable_ssl_verification": true}
      """;

  @Test
  void registers_a_webhook() {
    fake.answers("GET " + PROJECT + "/hooks?per_page=100&page=1", 200, "[]")
        .answers("POST " + PROJECT + "/hooks", 201, "{\"id\": 5}");

    assertThat(done(host.registerHook(connection, IDENTIFIER, TARGET, SECRET))).isEqualTo("5");
    assertThat(fake.last().json()).isEqualTo(json(HOOK));
  }

  private void hasAHook() {
    fake.answers(
        "GET " + PROJECT + "/hooks?per_page=100&page=1",
        200,
        "[{\"id\": 1, \"url\": \"https://other.test\"}, {\"id\": 2, \"url\": \"" + TARGET + "\"}]");
  }

  @Test
  void brings_a_webhook_up_to_date_that_is_there_already() {
    hasAHook();
    fake.answers("PUT " + PROJECT + "/hooks/2", 200, "{\"id\": 2}");

    assertThat(done(host.registerHook(connection, IDENTIFIER, TARGET, SECRET))).isEqualTo("2");
    assertThat(fake.last().json()).isEqualTo(json(HOOK));
  }

  @Test
  void removes_a_webhook() {
    hasAHook();
    fake.answers("DELETE " + PROJECT + "/hooks/2", 204, "");

    assertThat(done(host.removeHook(connection, IDENTIFIER, TARGET))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, pending",
    "RUNNING, running",
    "SUCCESS, success",
    "FAILURE, failed",
    "ERROR, failed",
    "CANCELED, canceled",
  })
  void shows_a_status(State state, String word) {
    fake.answers("POST " + PROJECT + "/statuses/" + SHA, 201, "{\"id\": 93}");

    assertThat(done(host.postStatus(connection, IDENTIFIER, SHA, Hosts.status(state))))
        .isEqualTo(word);
    assertThat(fake.last().json())
        .isEqualTo(
            json(
                """
                {"state": "%s", "name": "atlas/lab/network", "description": "Planned.",
                 "target_url": "https://mesh.test/runs/run-1"}
                """
                    .formatted(word)));
  }

  @Test
  void cuts_texts_to_what_it_takes() {
    fake.answers("POST " + PROJECT + "/statuses/" + SHA, 201, "{\"id\": 93}");

    done(host.postStatus(connection, IDENTIFIER, SHA, Hosts.longStatus()));

    assertThat(fake.last().json().path("description").asText()).hasSize(255);
    assertThat(fake.last().json().path("name").asText()).hasSize(255);
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, :run from :running, true",
    "PENDING, :enqueue from :pending, true",
    // A late job has nothing to add either.
    "PENDING, :enqueue from :running, true",
    "RUNNING, :run from :success, false",
  })
  void takes_a_status_as_shown_that_is_there_already(State state, String via, boolean isShown) {
    fake.answers(
        "POST " + PROJECT + "/statuses/" + SHA,
        400,
        "{\"message\": \"Cannot transition status via %s (Reason(s): Status)\"}".formatted(via));

    Outcome<String> posted = host.postStatus(connection, IDENTIFIER, SHA, Hosts.status(state));

    assertThat(posted instanceof Outcome.Done<String>).isEqualTo(isShown);
  }
}
