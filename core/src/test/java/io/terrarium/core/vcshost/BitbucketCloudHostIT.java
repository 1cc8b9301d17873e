package io.terrarium.core.vcshost;

import static io.terrarium.core.vcshost.Hosts.SECRET;
import static io.terrarium.core.vcshost.Hosts.SHA;
import static io.terrarium.core.vcshost.Hosts.TARGET;
import static io.terrarium.core.vcshost.Hosts.done;
import static io.terrarium.core.vcshost.Hosts.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.vcshost.CommitStatus.State;
import io.terrarium.kernel.Secret;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls as the documentation of Bitbucket Cloud's REST API has them.
class BitbucketCloudHostIT {
  private static final String API = "http://api.bitbucket.test/2.0";
  private static final String IDENTIFIER = "team/network";
  private static final String REPOSITORY = API + "/repositories/team/network";
  private static final String NETWORK =
      """
      {"full_name": "team/network", "mainbranch": {"type": "branch", "name": "main"},
       "links": {"html": {"href": "https://bitbucket.org/team/network"},
                 "clone": [{"name": "https", "href": "https://bitbucket.org/team/network.git"},
                           {"name": "ssh", "href": "git@bitbucket.org:team/network.git"}]}}
      """;

  private final VcsHost host = ServiceProvider.BITBUCKET_HOSTED.host();
  @AutoClose private final FakeHost fake = new FakeHost();
  private final HostConnection connection = fake.connection("http://bitbucket.test", API);

  @ParameterizedTest
  @ValueSource(strings = {"http://api.bitbucket.test", "http://api.bitbucket.test/2.0/"})
  void tells_whose_token_it_is(String api) {
    fake.answers("GET " + API + "/user", 200, "{\"display_name\": \"Emma\", \"nickname\": \"em\"}");

    assertThat(done(host.user(fake.connection("http://bitbucket.test", api)))).isEqualTo("em");
    assertThat(fake.last().headers().getFirst("Authorization"))
        .isEqualTo("Bearer token-of-the-test");
  }

  @Test
  void takes_a_name_with_an_app_password() {
    fake.answers("GET " + API + "/user", 200, "{\"username\": \"emmap1\"}");

    String user =
        done(host.user(fake.connection("http://bitbucket.test", API, new Secret("emmap1:pass"))));

    assertThat(user).isEqualTo("emmap1");
    assertThat(fake.last().headers().getFirst("Authorization")).isEqualTo("Basic ZW1tYXAxOnBhc3M=");
  }

  /// The answers are Bitbucket's own; a token that has ended is refused with the first of them too.
  @ParameterizedTest
  @CsvSource({
    "401, 'Token is invalid, expired, or not supported for this endpoint.'",
    "403, 'Your credentials lack one or more required privilege scopes.'"
  })
  void does_not_take_the_token_of_a_repository_for_a_bad_one(int status, String message) {
    String refusal = "{\"type\": \"error\", \"error\": {\"message\": \"" + message + "\"}}";
    fake.answers("GET " + API + "/user", status, refusal);

    Outcome<String> ofBearer = host.user(connection);
    Outcome<String> ofName =
        host.user(fake.connection("http://bitbucket.test", API, new Secret("emmap1:pass")));

    assertThat(ofBearer)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.trouble()).isInstanceOf(Trouble.Unsupported.class));
    assertThat(ofName)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.trouble()).isInstanceOf(Trouble.Refused.class));
  }

  @Test
  void tells_of_a_repository() {
    fake.answers("GET " + REPOSITORY, 200, NETWORK);

    assertThat(done(host.repository(connection, IDENTIFIER)))
        .isEqualTo(
            new Repository(
                IDENTIFIER,
                "main",
                "https://bitbucket.org/team/network.git",
                "git@bitbucket.org:team/network.git",
                "https://bitbucket.org/team/network"));
  }

  @Test
  void tells_of_repositories_page_by_page() {
    String list = API + "/repositories?role=member&pagelen=100";
    fake.answers(
            "GET " + list + "&page=1",
            200,
            "{\"values\": [" + NETWORK + "], \"next\": \"" + API + "/repositories?page=2\"}")
        .answers(
            "GET " + list + "&q=full_name%20~%20%22net%22&page=2",
            200,
            "{\"values\": [" + NETWORK + "]}");

    RepositoryPage first = done(host.repositories(connection, "", 1));
    RepositoryPage second = done(host.repositories(connection, "\"net", 2));

    assertThat(first.repositories()).extracting(Repository::identifier).containsExactly(IDENTIFIER);
    assertThat(first.next()).isEqualTo(OptionalInt.of(2));
    assertThat(second.repositories()).hasSize(1);
    assertThat(second.next()).isEmpty();
  }

  @Test
  void tells_the_whole_name_of_a_commit() {
    fake.answers("GET " + REPOSITORY + "/commit/0d1a26e67d8f", 200, "{\"hash\": \"" + SHA + "\"}");

    assertThat(done(host.commit(connection, IDENTIFIER, "0d1a26e67d8f"))).isEqualTo(SHA);
  }

  @Test
  void tells_the_files_of_a_pull_request_where_it_redirects_to() {
    String stat = REPOSITORY + "/diffstat/team/network:0d1a26e%0Dce5965d";
    fake.answers(
            "GET " + REPOSITORY + "/pullrequests/7/diffstat?pagelen=500",
            302,
            Map.of("Location", stat),
            "")
        .answers(
            "GET " + stat,
            200,
            "{\"values\": [{\"status\": \"renamed\", \"old\": {\"path\": \"old.tf\"},"
                + " \"new\": {\"path\": \"new.tf\"}}], \"next\": \""
                + stat
                + "?page=2\"}")
        .answers(
            "GET " + stat + "?page=2",
            200,
            "{\"values\": [{\"status\": \"removed\", \"old\": {\"path\": \"a.tf\"}, \"new\": null}]}");

    assertThat(done(host.changedFiles(connection, IDENTIFIER, new Comparison.OfPullRequest(7))))
        .isEqualTo(new ChangedFiles(List.of("new.tf", "old.tf", "a.tf"), true));
  }

  @Test
  void tells_the_files_between_commits() {
    fake.answers(
        "GET " + REPOSITORY + "/diffstat/bbbb..aaaa?pagelen=500",
        200,
        "{\"values\": [{\"old\": null, \"new\": {\"path\": \"a.tf\"}}]}");

    assertThat(
            done(
                host.changedFiles(
                    connection, IDENTIFIER, new Comparison.OfCommits("aaaa", "bbbb"))))
        .isEqualTo(new ChangedFiles(List.of("a.tf"), true));
  }

  private static final String HOOK =
      """
      {"description": "Terrarium", "url": "https://mesh.test/webhooks/vcs/8a1f", "active": true,
       "secret": "secret of the hook",
       "events": ["repo:push", "pullrequest:created", "pullrequest:updated",
                  "pullrequest:fulfilled", "pullrequest:rejected"]}
      """;

  @Test
  void registers_a_webhook() {
    fake.answers("GET " + REPOSITORY + "/hooks?pagelen=100", 200, "{\"values\": []}")
        .answers("POST " + REPOSITORY + "/hooks", 201, "{\"uuid\": \"{d0c2e0d8}\"}");

    assertThat(done(host.registerHook(connection, IDENTIFIER, TARGET, SECRET)))
        .isEqualTo("{d0c2e0d8}");
    assertThat(fake.last().json()).isEqualTo(json(HOOK));
  }

  private void hasAHook() {
    fake.answers(
            "GET " + REPOSITORY + "/hooks?pagelen=100",
            200,
            "{\"values\": [{\"uuid\": \"{1}\", \"url\": \"https://other.test\"}], \"next\": \""
                + REPOSITORY
                + "/hooks?page=2\"}")
        .answers(
            "GET " + REPOSITORY + "/hooks?page=2",
            200,
            "{\"values\": [{\"uuid\": \"{2}\", \"url\": \"" + TARGET + "\"}]}");
  }

  @Test
  void brings_a_webhook_up_to_date_that_is_there_already() {
    hasAHook();
    fake.answers("PUT " + REPOSITORY + "/hooks/%7B2%7D", 200, "{\"uuid\": \"{2}\"}");

    assertThat(done(host.registerHook(connection, IDENTIFIER, TARGET, SECRET))).isEqualTo("{2}");
    assertThat(fake.last().json()).isEqualTo(json(HOOK));
  }

  @Test
  void removes_a_webhook() {
    hasAHook();
    fake.answers("DELETE " + REPOSITORY + "/hooks/%7B2%7D", 204, "");

    assertThat(done(host.removeHook(connection, IDENTIFIER, TARGET))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, INPROGRESS",
    "RUNNING, INPROGRESS",
    "SUCCESS, SUCCESSFUL",
    "FAILURE, FAILED",
    "ERROR, FAILED",
    "CANCELED, STOPPED",
  })
  void shows_a_status(State state, String word) {
    fake.answers("POST " + REPOSITORY + "/commit/" + SHA + "/statuses/build", 201, "{}");

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
  void cuts_texts_to_what_it_takes_but_no_key() {
    fake.answers("POST " + REPOSITORY + "/commit/" + SHA + "/statuses/build", 201, "{}");

    done(host.postStatus(connection, IDENTIFIER, SHA, Hosts.longStatus()));

    assertThat(fake.last().json().path("description").asText()).hasSize(255);
    assertThat(fake.last().json().path("key").asText()).matches("[0-9a-f]{40}");
  }
}
