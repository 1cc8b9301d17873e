package io.terrarium.core.vcshost;

import static io.terrarium.core.vcshost.Hosts.SECRET;
import static io.terrarium.core.vcshost.Hosts.SHA;
import static io.terrarium.core.vcshost.Hosts.TARGET;
import static io.terrarium.core.vcshost.Hosts.done;
import static io.terrarium.core.vcshost.Hosts.json;
import static io.terrarium.core.vcshost.Hosts.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.vcshost.CommitStatus.State;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls as the documentation of Bitbucket Data Center's REST API has them.
class BitbucketServerHostIT {
  private static final String ROOT = "http://bitbucket.test/context";
  private static final String API = ROOT + "/rest/api/1.0";
  private static final String IDENTIFIER = "PRJ/network";
  private static final String REPOSITORY = API + "/projects/PRJ/repos/network";
  private static final String NETWORK =
      """
      {"slug": "network", "name": "Network", "project": {"key": "PRJ", "id": 1},
       "links": {"clone": [{"href": "ssh://git@bitbucket.test:7999/prj/network.git", "name": "ssh"},
                           {"href": "http://bitbucket.test/scm/prj/network.git", "name": "http"}],
                 "self": [{"href": "http://bitbucket.test/projects/PRJ/repos/network/browse"}]}}
      """;

  private final VcsHost host = ServiceProvider.BITBUCKET_DATA_CENTER.host();
  @AutoClose private final FakeHost fake = new FakeHost();
  private final HostConnection connection = fake.connection(ROOT, API);

  @ParameterizedTest
  @ValueSource(strings = {ROOT, ROOT + "/", ROOT + "/rest", API, ROOT + "/rest/api/latest/"})
  void tells_whose_token_it_is(String api) {
    fake.answers("GET " + ROOT + "/plugins/servlet/applinks/whoami", 200, "ada\n");

    assertThat(done(host.user(fake.connection(ROOT, api)))).isEqualTo("ada");
    assertThat(fake.last().headers().getFirst("Authorization"))
        .isEqualTo("Bearer token-of-the-test");
  }

  @Test
  void tells_nobody_where_the_token_is_unknown() {
    fake.answers("GET " + ROOT + "/plugins/servlet/applinks/whoami", 200, "");

    assertThat(trouble(host.user(connection))).isInstanceOf(Trouble.Refused.class);
  }

  private static Repository network(String defaultBranch) {
    return new Repository(
        IDENTIFIER,
        defaultBranch.isEmpty() ? null : defaultBranch,
        "http://bitbucket.test/scm/prj/network.git",
        "ssh://git@bitbucket.test:7999/prj/network.git",
        "http://bitbucket.test/projects/PRJ/repos/network/browse");
  }

  @Test
  void tells_of_a_repository_and_its_default_branch() {
    fake.answers("GET " + REPOSITORY, 200, NETWORK)
        .answers(
            "GET " + REPOSITORY + "/branches/default",
            200,
            "{\"id\": \"refs/heads/main\", \"displayId\": \"main\", \"isDefault\": true}");

    assertThat(done(host.repository(connection, IDENTIFIER))).isEqualTo(network("main"));
  }

  @ParameterizedTest
  @CsvSource({"404", "204"})
  void tells_of_a_repository_that_is_empty(int status) {
    fake.answers("GET " + REPOSITORY, 200, NETWORK)
        .answers("GET " + REPOSITORY + "/branches/default", status, "");

    assertThat(done(host.repository(connection, IDENTIFIER))).isEqualTo(network(""));
  }

  @Test
  void finds_the_repository_of_a_person() {
    String repository = API + "/projects/~ada/repos/lab";
    fake.answers("GET " + repository, 200, NETWORK.replace("PRJ", "~ADA").replace("network", "lab"))
        .answers("GET " + API + "/projects/~ADA/repos/lab/branches/default", 404, "");

    assertThat(done(host.repository(connection, "~ada/lab")).identifier()).isEqualTo("~ADA/lab");
  }

  @Test
  void tells_of_repositories_page_by_page() {
    fake.answers(
            "GET " + API + "/repos?limit=100&start=0",
            200,
            "{\"isLastPage\": false, \"nextPageStart\": 100, \"values\": [" + NETWORK + "]}")
        .answers(
            "GET " + API + "/repos?limit=100&name=net&start=100",
            200,
            "{\"isLastPage\": true, \"values\": [" + NETWORK + "]}");

    RepositoryPage first = done(host.repositories(connection, "", 1));
    RepositoryPage second = done(host.repositories(connection, "net", 2));

    assertThat(first.repositories()).containsExactly(network(""));
    assertThat(first.next()).isEqualTo(OptionalInt.of(2));
    assertThat(second.repositories()).hasSize(1);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void tells_the_whole_name_of_a_commit() {
    fake.answers("GET " + REPOSITORY + "/commits/0d1a26e", 200, "{\"id\": \"" + SHA + "\"}");

    assertThat(done(host.commit(connection, IDENTIFIER, "0d1a26e"))).isEqualTo(SHA);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pull-requests/7/changes?", "/compare/changes?from=bbbb&to=aaaa&"})
  void tells_changed_files_page_by_page(String path) {
    fake.answers(
            "GET " + REPOSITORY + path + "limit=1000&start=0",
            200,
            "{\"isLastPage\": false, \"nextPageStart\": 25, \"values\": [{\"type\": \"MOVE\","
                + " \"path\": {\"toString\": \"new.tf\", \"name\": \"new.tf\"},"
                + " \"srcPath\": {\"toString\": \"old.tf\"}}]}")
        .answers(
            "GET " + REPOSITORY + path + "limit=1000&start=25",
            200,
            "{\"isLastPage\": true, \"values\": [{\"path\": {\"toString\": \"dir/a.tf\"}}]}");
    Comparison comparison =
        path.startsWith("/pull")
            ? new Comparison.OfPullRequest(7)
            : new Comparison.OfCommits("aaaa", "bbbb");

    assertThat(done(host.changedFiles(connection, IDENTIFIER, comparison)))
        .isEqualTo(new ChangedFiles(List.of("new.tf", "old.tf", "dir/a.tf"), true));
  }

  private static final String HOOK =
      """
      {"name": "Terrarium", "url": "https://mesh.test/webhooks/vcs/8a1f", "active": true,
       "configuration": {"secret": "secret of the hook"},
       "events": ["repo:refs_changed", "pr:opened", "pr:from_ref_updated", "pr:modified",
                  "pr:merged", "pr:declined", "pr:deleted"]}
      """;

  @Test
  void registers_a_webhook() {
    fake.answers(
            "GET " + REPOSITORY + "/webhooks?limit=100&start=0",
            200,
            "{\"isLastPage\": true, \"values\": []}")
        .answers("POST " + REPOSITORY + "/webhooks", 201, "{\"id\": 10}");

    assertThat(done(host.registerHook(connection, IDENTIFIER, TARGET, SECRET))).isEqualTo("10");
    assertThat(fake.last().json()).isEqualTo(json(HOOK));
  }

  private void hasAHook() {
    fake.answers(
        "GET " + REPOSITORY + "/webhooks?limit=100&start=0",
        200,
        "{\"isLastPage\": true, \"values\": [{\"id\": 9, \"url\": \"" + TARGET + "\"}]}");
  }

  @Test
  void brings_a_webhook_up_to_date_that_is_there_already() {
    hasAHook();
    fake.answers("PUT " + REPOSITORY + "/webhooks/9", 200, "{\"id\": 9}");

    assertThat(done(host.registerHook(connection, IDENTIFIER, TARGET, SECRET))).isEqualTo("9");
    assertThat(fake.last().json()).isEqualTo(json(HOOK));
  }

  @Test
  void removes_a_webhook() {
    hasAHook();
    fake.answers("DELETE " + REPOSITORY + "/webhooks/9", 204, "");

    assertThat(done(host.removeHook(connection, IDENTIFIER, TARGET))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, INPROGRESS",
    "RUNNING, INPROGRESS",
    "SUCCESS, SUCCESSFUL",
    "FAILURE, FAILED",
    "ERROR, FAILED",
    "CANCELED, FAILED",
  })
  void shows_a_status(State state, String word) {
    fake.answers("POST " + REPOSITORY + "/commits/" + SHA + "/builds", 204, "");

    assertThat(done(host.postStatus(connection, IDENTIFIER, SHA, Hosts.status(state))))
        .isEqualTo(word);
    assertThat(fake.last().json())
        .isEqualTo(
            json(
                """
                {"state": "%s", "key": "atlas/lab/network", "name": "atlas/lab/network",
                 "url": "https://mesh.test/runs/run-1", "description": "Planned."}
                """
                    .formatted(word)));
  }

  @Test
  void cuts_texts_to_what_it_takes() {
    fake.answers("POST " + REPOSITORY + "/commits/" + SHA + "/builds", 204, "");

    done(host.postStatus(connection, IDENTIFIER, SHA, Hosts.longStatus()));

    assertThat(fake.last().json().path("description").asText()).hasSize(255);
    assertThat(fake.last().json().path("key").asText()).matches("[0-9a-f]{64}");
  }
}
