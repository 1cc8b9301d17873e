package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.kernel.Secret;
import java.net.URI;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceProviderTest {
  private static final Secret TOKEN = new Secret("token");

  @Nested
  class A_kind_of_host {
    @ParameterizedTest
    @CsvSource({
      "github, GitHub, github",
      "github_enterprise, GitHub Enterprise, github",
      "gitlab_hosted, GitLab.com, gitlab",
      "gitlab_community_edition, GitLab Community Edition, gitlab",
      "gitlab_enterprise_edition, GitLab Enterprise Edition, gitlab",
      "bitbucket_hosted, Bitbucket Cloud, bitbucket",
      "bitbucket_server, Bitbucket Server, bitbucket",
      "bitbucket_data_center, Bitbucket Data Center, bitbucket",
      "gitea, Gitea or Forgejo, gitea",
      "git, Git, git",
    })
    void has_a_name_for_programs_and_one_for_people(String wire, String name, String source) {
      ServiceProvider provider = ServiceProvider.of(wire).orElseThrow();

      assertThat(provider.wire()).isEqualTo(wire);
      assertThat(provider.displayName()).isEqualTo(name);
      assertThat(provider.source()).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ado_services", "ado_server", "GitHub", ""})
    void that_is_not_there_has_none(String wire) {
      assertThat(ServiceProvider.of(wire)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "GITHUB, https://github.com/, https://api.github.com",
      "GITHUB_ENTERPRISE, https://ghe.lab/, https://ghe.lab/api/v3",
      "GITLAB_HOSTED, https://gitlab.com, https://gitlab.com/api/v4",
      "GITLAB_COMMUNITY_EDITION, https://lab/gitlab, https://lab/gitlab/api/v4",
      "BITBUCKET_HOSTED, https://bitbucket.org, https://api.bitbucket.org/2.0",
      "BITBUCKET_SERVER, https://lab:7990, https://lab:7990/rest/api/1.0",
      "GITEA, http://lab:3000, http://lab:3000/api/v1",
      "GIT, ssh://git@lab/srv, ssh://git@lab/srv",
    })
    void has_its_api_where_it_is_by_default(ServiceProvider provider, URI http, URI api) {
      assertThat(provider.apiUrl(http)).isEqualTo(api);
    }

    @Test
    void that_there_is_but_once_has_a_fixed_address() {
      assertThat(ServiceProvider.GITHUB.fixedAddress())
          .contains(
              new HostAddress(
                  URI.create("https://github.com"), URI.create("https://api.github.com")));
      assertThat(ServiceProvider.GITEA.fixedAddress()).isEmpty();
    }
  }

  @Nested
  class An_identifier {
    @ParameterizedTest
    @CsvSource({
      "GITHUB, octocat/Hello-World",
      "GITHUB, octocat/.github",
      "GITEA, team/network_1.0",
      "GITLAB_HOSTED, group/name",
      "GITLAB_HOSTED, group/sub-group/sub.2/name",
      "BITBUCKET_HOSTED, workspace/name",
      "BITBUCKET_SERVER, PROJECT/name",
      "BITBUCKET_DATA_CENTER, ~ada.lovelace/name",
      "GIT, network.git",
      "GIT, srv/git/~ada/net work.git",
    })
    void of_the_hosts_form_is_taken(ServiceProvider provider, String identifier) {
      assertThat(provider.host().problemWith(identifier)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "GITHUB, Hello-World, owner/name",
      "GITHUB, a/b/c, owner/name",
      "GITHUB, a/.., owner/name",
      "GITHUB, a/b?c, owner/name",
      "GITEA, a/b%2fc, owner/name",
      "GITLAB_HOSTED, name, group/subgroup/name",
      "GITLAB_HOSTED, group//name, group/subgroup/name",
      "GITLAB_HOSTED, ./group/name, group/subgroup/name",
      "BITBUCKET_HOSTED, /name, workspace/name",
      "BITBUCKET_SERVER, ~/name, PROJECT/name",
      "GIT, ../secret, path below the http-url",
      "GIT, a/-c, path below the http-url",
      "GIT, a/b.git/, path below the http-url",
      "GIT, '', path below the http-url",
    })
    void of_another_is_not_and_is_told_the_form(
        ServiceProvider provider, String identifier, String form) {
      assertThat(provider.host().problemWith(identifier))
          .hasValueSatisfying(problem -> assertThat(problem).contains(form));
    }

    @ParameterizedTest
    @EnumSource(ServiceProvider.class)
    void without_an_end_is_not(ServiceProvider provider) {
      assertThat(provider.host().problemWith("a/" + "b".repeat(600))).isPresent();
    }
  }

  @Nested
  class A_clone {
    @ParameterizedTest
    @CsvSource({
      "GITHUB, https://github.com, octocat/Hello-World,"
          + " https://github.com/octocat/Hello-World.git",
      "GITLAB_HOSTED, https://gitlab.com/, a/b/c, https://gitlab.com/a/b/c.git",
      "BITBUCKET_HOSTED, https://bitbucket.org, a/b, https://bitbucket.org/a/b.git",
      "BITBUCKET_SERVER, https://lab/context, ~ada/b, https://lab/context/scm/~ada/b.git",
      "GITEA, http://lab:3000, a/b, http://lab:3000/a/b.git",
      "GIT, http://lab/git, net work.git, http://lab/git/net%20work.git",
      "GIT, ssh://git@lab:2222/srv/git/, network.git, ssh://git@lab:2222/srv/git/network.git",
    })
    void comes_from_where_the_host_has_it(
        ServiceProvider provider, URI http, String identifier, String url) {
      assertThat(provider.host().cloneUrl(new HostAddress(http, http), identifier))
          .hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
      "GITHUB, x-access-token",
      "GITLAB_HOSTED, oauth2",
      "BITBUCKET_HOSTED, x-token-auth",
      "BITBUCKET_SERVER, ada",
      "GITEA, x-access-token",
      "GIT, ada",
    })
    void is_let_in_by_the_token(ServiceProvider provider, String user) {
      assertThat(provider.host().login(TOKEN, "ada")).isEqualTo(new GitLogin(user, "token", null));
    }

    @ParameterizedTest
    @CsvSource({"BITBUCKET_HOSTED, x-token-auth", "BITBUCKET_SERVER, x-token-auth", "GIT, git"})
    void is_let_in_where_nobody_knows_whose_token_it_is(ServiceProvider provider, String user) {
      assertThat(provider.host().login(TOKEN, null)).isEqualTo(new GitLogin(user, "token", null));
    }

    @ParameterizedTest
    @EnumSource(
        value = ServiceProvider.class,
        names = {"BITBUCKET_HOSTED", "GIT"})
    void is_let_in_by_a_name_and_a_password(ServiceProvider provider) {
      assertThat(provider.host().login(new Secret("bob:pass:word"), "ada"))
          .isEqualTo(new GitLogin("bob", "pass:word", null));
    }
  }
}
