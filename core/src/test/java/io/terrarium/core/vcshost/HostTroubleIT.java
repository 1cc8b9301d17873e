package io.terrarium.core.vcshost;

import static io.terrarium.core.vcshost.Hosts.done;
import static io.terrarium.core.vcshost.Hosts.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.OutboundClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Hosts that do not do what they are asked for.
class HostTroubleIT {
  private static final String API = "http://github.test/api/v3";
  private static final String USER = "GET " + API + "/user";
  private static final String ADA = "{\"login\": \"ada\"}";

  private final VcsHost host = ServiceProvider.GITHUB_ENTERPRISE.host();
  @AutoClose private final FakeHost fake = new FakeHost();
  private final HostConnection connection = fake.connection("http://github.test", API);

  @Nested
  class A_host_that_answers_with {
    @ParameterizedTest
    @CsvSource({"401, Bad credentials", "403, Bad credentials."})
    void what_means_that_the_token_is_no_good(int status, String message) {
      fake.answers(USER, status, "{\"message\": \"" + message + "\"}");

      assertThat(trouble(host.user(connection)))
          .isEqualTo(new Trouble.Refused("The host answers " + status + ": Bad credentials."));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void what_means_that_there_is_nothing(int status) {
      fake.answers(USER, status, "<html>Not here</html>");

      assertThat(trouble(host.user(connection)))
          .isEqualTo(new Trouble.NotFound("The host answers " + status + "."));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 423, 429, 500, 502, 503})
    void what_passes(int status) {
      fake.answers(USER, status, "");

      assertThat(trouble(host.user(connection)))
          .isEqualTo(new Trouble.Passing("The host answers " + status + ".", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void what_does_not_pass(int status) {
      fake.answers(USER, status, "{\"errors\": [{\"message\": \"Hook exists\\nsomewhere\"}]}");

      assertThat(trouble(host.user(connection)))
          .isEqualTo(new Trouble.Rejected("The host answers " + status + ": Hook exists."));
    }

    @Test
    void the_end_of_its_patience_as_github_says_it() {
      fake.answers(
          USER, 403, Map.of("X-RateLimit-Remaining", "0"), "{\"message\": \"API rate limit\"}");

      assertThat(trouble(host.user(connection))).isInstanceOf(Trouble.Passing.class);
    }

    @ParameterizedTest
    @CsvSource({
      "'<html>Sign in</html>', no JSON",
      "'{\"name\": \"ada\"}', no login",
      "'[]', no login",
    })
    void what_makes_no_sense(String body, String reason) {
      fake.answers(USER, 200, body);

      assertThat(trouble(host.user(connection)))
          .isInstanceOfSatisfying(
              Trouble.Rejected.class,
              rejected -> assertThat(rejected.reason()).contains(reason, "API's address"));
    }

    @Test
    void more_than_is_read() {
      String file = "{\"filename\": \"" + "x".repeat(FakeHost.BODY_BYTES_MAX) + "\"}";
      fake.answers("GET " + API + "/repos/a/b/pulls/1/files?per_page=100&page=1", 200, file);

      assertThat(done(host.changedFiles(connection, "a/b", new Comparison.OfPullRequest(1))))
          .isEqualTo(ChangedFiles.UNKNOWN);
    }

    @Test
    void pages_without_end() {
      String files =
          IntStream.range(0, 100)
              .mapToObj("{\"filename\": \"file-%d\"}"::formatted)
              .collect(Collectors.joining(",", "[", "]"));
      for (int page = 1; page <= 100; page++) {
        fake.answers(
            "GET " + API + "/repos/a/b/pulls/1/files?per_page=100&page=" + page,
            200,
            Map.of("Link", "<" + API + "/x>; rel=\"next\""),
            files);
      }

      ChangedFiles changed =
          done(host.changedFiles(connection, "a/b", new Comparison.OfPullRequest(1)));

      assertThat(changed.isComplete()).isFalse();
      assertThat(fake.lines()).hasSize(30);
    }
  }

  @Nested
  class A_redirect {
    @Test
    void of_a_renamed_repository_is_followed_to_the_same_host() {
      fake.answers(
              "GET " + API + "/repos/a/b", 301, Map.of("Location", "/api/v3/repositories/7"), "")
          .answers("GET " + API + "/repositories/7", 200, "{\"full_name\": \"a/c\"}");

      assertThat(done(host.repository(connection, "a/b")).identifier()).isEqualTo("a/c");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://evil.test/api/v3/user",
          "http://github.test:8080/api/v3/user",
          "https://github.test/api/v3/user",
          "//evil.test/user",
          "http://github.test@evil.test/user",
          "gopher://github.test/user",
          "http://[bad"
        })
    void to_anywhere_else_is_not(String location) {
      fake.answers(USER, 302, Map.of("Location", location), "");

      assertThat(trouble(host.user(connection)))
          .isInstanceOfSatisfying(
              Trouble.Rejected.class,
              rejected -> assertThat(rejected.reason()).contains("must not go"));
      assertThat(fake.lines()).containsExactly(USER);
    }

    @Test
    void that_leads_round_and_round_ends() {
      fake.answers(USER, 302, Map.of("Location", API + "/user"), "");

      assertThat(trouble(host.user(connection))).isInstanceOf(Trouble.Rejected.class);
      assertThat(fake.lines()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"307, true", "308, true", "301, false", "302, false", "303, false"})
    void of_what_changes_something_is_followed_where_nothing_was_done(
        int status, boolean isFollowed) {
      String posted = "POST " + API + "/repos/a/b/statuses/" + Hosts.SHA;
      String moved = API + "/repositories/7/statuses/" + Hosts.SHA;
      fake.answers(posted, status, Map.of("Location", moved), "")
          .answers("POST " + moved, 201, "{}");

      Outcome<String> outcome =
          host.postStatus(connection, "a/b", Hosts.SHA, Hosts.status(CommitStatus.State.SUCCESS));

      assertThat(outcome instanceof Outcome.Done<String>).isEqualTo(isFollowed);
    }
  }

  @Nested
  class A_list {
    @Test
    void that_goes_on_at_another_host_ends() {
      String api = "http://api.bitbucket.test/2.0";
      fake.answers(
          "GET " + api + "/repositories/a/b/diffstat/h..b?pagelen=500",
          200,
          "{\"values\": [], \"next\": \"http://evil.test/2.0/more\"}");

      done(
          ServiceProvider.BITBUCKET_HOSTED
              .host()
              .changedFiles(
                  fake.connection("http://bitbucket.test", api),
                  "a/b",
                  new Comparison.OfCommits("b", "h")));

      assertThat(fake.lines()).hasSize(1);
    }
  }

  @Nested
  class A_host_that_cannot_be_reached {
    @ParameterizedTest
    @CsvSource({"403, Blocked", "502, Passing", "503, Passing"})
    void is_told_from_one_that_answers(int status, String kind) {
      fake.answers(USER, status, Map.of(OutboundClient.REASON, "It is not public."), "");

      Trouble trouble = trouble(host.user(connection));

      assertThat(trouble.reason()).isEqualTo("It is not public.");
      assertThat(trouble.getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void may_come_back() {
      fake.dies();

      assertThat(trouble(host.user(connection))).isInstanceOf(Trouble.Passing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh://git@github.test", "file:///etc/passwd", "github.test", ""})
    void by_http_is_not_called(String api) {
      assertThat(trouble(host.user(fake.connection("http://github.test", api))))
          .isInstanceOfSatisfying(
              Trouble.Rejected.class,
              rejected -> assertThat(rejected.reason()).contains("http or https"));
    }
  }

  @Nested
  class A_token {
    @Test
    void that_no_header_can_carry_is_refused() {
      Secret token = new Secret("token\r\nX-Evil: 1");

      assertThat(trouble(host.user(fake.connection("http://github.test", API, token))))
          .isInstanceOf(Trouble.Refused.class);
      assertThat(fake.lines()).isEmpty();
    }

    @Test
    void is_in_no_text_of_a_connection() {
      fake.answers(USER, 200, ADA);

      assertThat(connection.toString()).doesNotContain(FakeHost.TOKEN.value());
      assertThat(done(host.user(connection))).isEqualTo("ada");
    }
  }

  @Nested
  class An_identifier_that_the_host_cannot_have {
    @ParameterizedTest
    @EnumSource(
        value = ServiceProvider.class,
        names = {"GITHUB", "GITLAB_HOSTED", "BITBUCKET_HOSTED", "BITBUCKET_SERVER", "GITEA"})
    void is_not_found_whatever_is_asked(ServiceProvider provider) {
      VcsHost any = provider.host();
      CommitStatus status = Hosts.status(CommitStatus.State.SUCCESS);

      List<Outcome<?>> outcomes =
          List.of(
              any.repository(connection, "../user"),
              any.commit(connection, "a/../b", "main"),
              any.changedFiles(connection, "a", new Comparison.OfPullRequest(1)),
              any.registerHook(connection, "a/b c", Hosts.TARGET, Hosts.SECRET),
              any.removeHook(connection, "", Hosts.TARGET),
              any.postStatus(connection, "a/", Hosts.SHA, status));

      assertThat(outcomes)
          .allSatisfy(outcome -> assertThat(trouble(outcome)).isInstanceOf(Trouble.NotFound.class));
      assertThat(fake.lines()).isEmpty();
    }
  }

  @Nested
  class A_plain_git_server {
    @Test
    void has_no_api_and_says_so() {
      VcsHost git = ServiceProvider.GIT.host();
      HostConnection there =
          new HostConnection(
              new HostLine(
                  connection.line().outside(),
                  new HostAddress(URI.create("http://git.test"), URI.create("http://git.test")),
                  Map.of()),
              FakeHost.TOKEN);
      CommitStatus status = Hosts.status(CommitStatus.State.SUCCESS);

      List<Outcome<?>> outcomes =
          List.of(
              git.user(there),
              git.repository(there, "a"),
              git.repositories(there, "", 1),
              git.commit(there, "a", "main"),
              git.changedFiles(there, "a", new Comparison.OfPullRequest(1)),
              git.registerHook(there, "a", Hosts.TARGET, Hosts.SECRET),
              git.removeHook(there, "a", Hosts.TARGET),
              git.postStatus(there, "a", Hosts.SHA, status));

      assertThat(git.hasApi()).isFalse();
      assertThat(outcomes)
          .allSatisfy(
              outcome -> assertThat(trouble(outcome)).isInstanceOf(Trouble.Unsupported.class));
      assertThat(fake.lines()).isEmpty();
    }
  }
}
