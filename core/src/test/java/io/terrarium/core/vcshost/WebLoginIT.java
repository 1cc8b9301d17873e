package io.terrarium.core.vcshost;

import static io.terrarium.core.vcshost.Hosts.done;
import static io.terrarium.core.vcshost.Hosts.trouble;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.vcshost.WebLogin.Application;
import io.terrarium.core.vcshost.WebLogin.Grant;
import io.terrarium.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// OAuth at each host, as its documentation has it.
class WebLoginIT {
  private static final URI CALLBACK = URI.create("https://mesh.test/auth/1b/callback?a=b");
  private static final Application APPLICATION =
      new Application("key of ours", new Secret("secret&of=ours"), CALLBACK);
  private static final String FORM =
      "client_id=key%20of%20ours&client_secret=secret%26of%3Dours"
          + "&redirect_uri=https%3A%2F%2Fmesh.test%2Fauth%2F1b%2Fcallback%3Fa%3Db";

  @AutoClose private final FakeHost fake = new FakeHost();
  private final HostLine line = fake.line("http://host.test/context/", "http://api.test");

  private static WebLogin login(ServiceProvider provider) {
    return provider.host().webLogin().orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB, /login/oauth/authorize, &redirect_uri=$&scope=repo",
    "GITHUB_ENTERPRISE, /login/oauth/authorize, &redirect_uri=$&scope=repo",
    "GITLAB_HOSTED, /oauth/authorize, &redirect_uri=$&scope=api",
    "BITBUCKET_HOSTED, /site/oauth2/authorize, ''",
    "GITEA, /login/oauth/authorize, &redirect_uri=$",
  })
  void sends_people_to_the_hosts_page(ServiceProvider provider, String path, String rest) {
    String callback = "https%3A%2F%2Fmesh.test%2Fauth%2F1b%2Fcallback%3Fa%3Db";

    URI url = login(provider).authorizationUrl(line.address(), "key of ours", CALLBACK, "state/1");

    assertThat(url)
        .hasToString(
            "http://host.test/context"
                + path
                + "?client_id=key%20of%20ours&response_type=code"
                + rest.replace("$", callback)
                + "&state=state%2F1");
  }

  @ParameterizedTest
  @CsvSource({
    "GITHUB, /login/oauth/access_token",
    "GITLAB_HOSTED, /oauth/token",
    "GITEA, /login/oauth/access_token",
  })
  void makes_a_code_into_a_token(ServiceProvider provider, String path) {
    fake.answers(
        "POST http://host.test/context" + path,
        200,
        "{\"access_token\": \"t-1\", \"token_type\": \"bearer\", \"expires_in\": 7200,"
            + " \"refresh_token\": \"r-1\"}");

    assertThat(done(login(provider).exchange(line, APPLICATION, "code 1")))
        .isEqualTo(
            new Grant(
                new Secret("t-1"),
                Optional.of(new Secret("r-1")),
                Optional.of(Duration.ofHours(2))));
    assertThat(fake.last().body()).isEqualTo("grant_type=authorization_code&code=code%201&" + FORM);
    assertThat(fake.last().headers().getFirst("Accept")).isEqualTo("application/json");
    assertThat(fake.last().headers().getFirst("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(fake.last().headers()).doesNotContainKey("Authorization");
  }

  @Test
  void makes_a_code_into_a_token_by_basic_authentication_at_bitbucket() {
    fake.answers(
        "POST http://host.test/context/site/oauth2/access_token",
        200,
        "{\"access_token\": \"t-1\", \"scopes\": \"repository\", \"expires_in\": 7200,"
            + " \"refresh_token\": \"r-1\"}");

    done(login(ServiceProvider.BITBUCKET_HOSTED).exchange(line, APPLICATION, "code 1"));

    assertThat(fake.last().body()).isEqualTo("grant_type=authorization_code&code=code%201");
    assertThat(fake.last().headers().getFirst("Authorization"))
        .isEqualTo("Basic a2V5IG9mIG91cnM6c2VjcmV0Jm9mPW91cnM=");
  }

  @Test
  void makes_a_code_into_a_token_that_does_not_end() {
    fake.answers(
        "POST http://host.test/context/login/oauth/access_token",
        200,
        "{\"access_token\": \"gho_1\", \"scope\": \"repo\", \"token_type\": \"bearer\"}");

    assertThat(done(login(ServiceProvider.GITHUB).exchange(line, APPLICATION, "1")))
        .isEqualTo(new Grant(new Secret("gho_1"), Optional.empty(), Optional.empty()));
  }

  @Test
  void makes_a_token_new() {
    fake.answers(
        "POST http://host.test/context/oauth/token",
        200,
        "{\"access_token\": \"t-2\", \"expires_in\": \"60\", \"refresh_token\": \"r-2\"}");

    Grant grant =
        done(login(ServiceProvider.GITLAB_HOSTED).refresh(line, APPLICATION, new Secret("r-1")));

    assertThat(grant.refreshToken()).contains(new Secret("r-2"));
    assertThat(fake.last().body()).isEqualTo("grant_type=refresh_token&refresh_token=r-1&" + FORM);
  }

  @ParameterizedTest
  @CsvSource({
    "200, bad_verification_code, The code is wrong.",
    "400, invalid_grant, The code is wrong.",
    "401, invalid_client, The code is wrong.",
  })
  void is_refused_in_the_hosts_words(int status, String error, String description) {
    fake.answers(
        "POST http://host.test/context/login/oauth/access_token",
        status,
        "{\"error\": \"%s\", \"error_description\": \"%s\"}".formatted(error, description));

    assertThat(trouble(login(ServiceProvider.GITHUB).exchange(line, APPLICATION, "1")))
        .isInstanceOfSatisfying(
            Trouble.Refused.class, refused -> assertThat(refused.reason()).contains(description));
  }

  @Test
  void may_be_tried_again_where_the_host_is_away() {
    fake.answers("POST http://host.test/context/login/oauth/access_token", 503, "");

    assertThat(trouble(login(ServiceProvider.GITHUB).exchange(line, APPLICATION, "1")))
        .isInstanceOf(Trouble.Passing.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServiceProvider.class,
      names = {"BITBUCKET_SERVER", "BITBUCKET_DATA_CENTER", "GIT"})
  void is_not_everywhere(ServiceProvider provider) {
    assertThat(provider.host().webLogin()).isEmpty();
  }
}
