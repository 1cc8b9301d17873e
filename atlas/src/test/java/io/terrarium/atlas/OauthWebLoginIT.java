package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection that people let in by the page of its host.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OauthWebLoginIT {
  private static final String CLIENTS = "/organizations/acme/oauth-clients";
  private static final String GITLAB = "gitlab_community_edition";
  private static final Pattern COOKIE =
      Pattern.compile(
          "terrarium_connect=(\\w*); Path=(/auth/[0-9a-f-]{36}); Max-Age=(\\d+); HttpOnly;"
              + " SameSite=Lax; Secure");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private OauthHost host = new OauthHost();

  @BeforeEach
  void startHost() {
    host.close();
    host = new OauthHost();
  }

  @AfterEach
  void stopHost() {
    host.close();
  }

  private Answer create(String provider) {
    return create(provider, OauthHost.SECRET);
  }

  private Answer create(String provider, String secret) {
    return server.post(
        "alice",
        CLIENTS,
        document(
            "oauth-clients",
            """
            {"service-provider":"%s","http-url":"%s","key":"%s","secret":"%s"}\
            """
                .formatted(provider, host.url(), OauthHost.KEY, secret)));
  }

  private static String connectPath(Answer client) {
    return client.attribute("connect-path").asText();
  }

  /// Follows what it is told to follow, and keeps one cookie.
  private final class Browser {
    private String cookie = "";

    private Answer go(String path) {
      Map<String, String> headers =
          cookie.isEmpty()
              ? Map.of()
              : Map.of("Cookie", "other=1; terrarium_connect=" + cookie + "; last=2");
      Answer answer = atlas.nobody().get(path, headers);
      answer
          .header("Set-Cookie")
          .map(COOKIE::matcher)
          .filter(Matcher::matches)
          .ifPresent(match -> cookie = match.group(1));
      return answer;
    }

    /// To the host's page and as far as its answer, which leads back here.
    private String atHost(String connectPath) {
      Answer begun = go(connectPath);
      assertThat(begun.status()).as(begun.text()).isEqualTo(302);
      URI page = URI.create(begun.header("Location").orElseThrow());
      String back =
          new ApiClient(HttpClient.newHttpClient(), URI.create(host.url()), Optional.empty())
              .get(page.getRawPath() + "?" + page.getRawQuery())
              .header("Location")
              .orElseThrow();
      assertThat(back).startsWith("https://127.0.0.1:8443/auth/");
      return back.substring("https://127.0.0.1:8443".length());
    }

    private Answer connect(String connectPath) {
      return go(atHost(connectPath));
    }
  }

  private Answer shown(Answer client) {
    return server.get("alice", "/oauth-clients/" + client.id());
  }

  private List<String> tokens(Answer client) {
    return server.get("alice", "/oauth-clients/" + client.id() + "/oauth-tokens").ids();
  }

  private static void assertNotConnected(Answer page, String why) {
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("<h1>Not connected</h1>").contains(why);
  }

  @Nested
  class A_connection_without_a_token {
    @Test
    void shows_who_may_change_it_where_to_go() {
      Answer created = create(GITLAB);
      server.team("administrators", "");
      server.allow(
          server.team("admins of one", ""), server.workspace("one"), "{\"access\":\"admin\"}");

      Answer toOwner = shown(created);
      Answer toAdmin = server.get("admins of one", "/oauth-clients/" + created.id());

      String uuid = created.attribute("uuid").asText();
      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(tokens(created)).isEmpty();
      assertThat(connectPath(toOwner)).matches("/auth/" + uuid + "\\?grant=\\d{10}\\.[0-9a-f]{64}");
      assertThat(toOwner.attribute("callback-url").asText())
          .isEqualTo("https://127.0.0.1:8443/auth/" + uuid + "/callback");
      assertThat(toAdmin.status()).isEqualTo(200);
      assertThat(toAdmin.attribute("connect-path").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {GITLAB, "github_enterprise", "gitea"})
    void is_connected_by_the_hosts_page(String provider) {
      Answer client = create(provider);

      Answer page = new Browser().connect(connectPath(client));

      Answer token = server.get("alice", "/oauth-tokens/" + tokens(client).getFirst());
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      assertThat(page.text())
          .contains("<h1>Connected</h1>")
          .contains("acme is connected to " + host.url() + " as octavia.");
      assertThat(token.attribute("service-provider-user").asText()).isEqualTo("octavia");
      assertThat(host.asked().stream().filter(one -> one.startsWith("POST"))).hasSize(1);
    }

    @Test
    void keeps_what_it_is_given_as_ciphertext_alone() {
      Answer client = create(GITLAB);

      new Browser().connect(connectPath(client));

      List<String> kept =
          atlas
              .database()
              .read(db ->
                  db.createQuery(
                          "SELECT unnest(array[value_ciphertext, refresh_ciphertext])"
                              + " FROM oauth_tokens WHERE external_id = :id")
                      .bind("id", tokens(client).getFirst())
                      .mapTo(String.class)
                      .list());
      assertThat(kept).hasSize(2).allMatch(text -> text.startsWith("vault:v1:"));
    }

    @Test
    void tells_people_that_it_was_connected() {
      Answer client = create(GITLAB);

      new Browser().connect(connectPath(client));

      assertThat(server.get("alice", "/organizations/acme/vcs-events").listed("message"))
          .contains(
              "The connection to " + host.url() + " was let in by the host's page, as octavia.");
    }

    @Test
    void keeps_its_token_when_it_is_connected_again() {
      Answer client = create(GITLAB);
      new Browser().connect(connectPath(client));
      List<String> before = tokens(client);

      Answer page = new Browser().connect(connectPath(shown(client)));

      assertThat(page.status()).isEqualTo(200);
      assertThat(tokens(client)).isEqualTo(before);
    }

    @Test
    void is_refused_where_the_hosts_page_is_not_known() {
      Answer server = create("bitbucket_data_center");
      Answer plain = create("git");

      assertThat(server.status()).isEqualTo(422);
      assertThat(server.pointers()).containsExactly("/data/attributes/oauth-token-string");
      assertThat(server.detail()).contains("make a token there");
      assertThat(plain.attribute("connect-path").isNull()).isTrue();
    }
  }

  @Nested
  class A_link {
    @Test
    void leads_to_the_host_with_a_cookie_for_this_way_alone() {
      Answer client = create(GITLAB);

      Answer begun = new Browser().go(connectPath(client));

      Matcher cookie = COOKIE.matcher(begun.header("Set-Cookie").orElseThrow());
      assertThat(begun.header("Location").orElseThrow())
          .startsWith(host.url() + "/oauth/authorize?client_id=our%20application&");
      assertThat(cookie.matches()).isTrue();
      assertThat(cookie.group(1)).hasSize(43);
      assertThat(cookie.group(2)).isEqualTo("/auth/" + client.attribute("uuid").asText());
      assertThat(cookie.group(3)).isEqualTo("600");
      assertThat(begun.header("Cache-Control")).contains("no-store");
      assertThat(begun.header("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void is_good_for_one_connection_alone_and_as_it_was_made() {
      String mine = connectPath(create(GITLAB));
      String grant = mine.substring(mine.indexOf('?'));
      String other = create(GITLAB).attribute("uuid").asText();
      String one = mine.substring(0, mine.indexOf('?'));
      String later = mine.replaceFirst("grant=\\d{10}", "grant=9999999999");

      List<String> bad =
          List.of(
              "/auth/" + other + grant,
              one,
              one + "?grant=",
              later,
              mine.substring(0, mine.length() - 1),
              "/auth/nobody" + grant);

      assertThat(bad)
          .allSatisfy(link -> assertNotConnected(new Browser().go(link), "This link is not good"));
    }

    @Test
    void is_good_for_an_hour() {
      String path = connectPath(create(GITLAB));

      atlas.clock().advance(Duration.ofMinutes(60));

      assertNotConnected(new Browser().go(path), "This link is not good");
    }

    @Test
    void ends_with_its_connection() {
      Answer client = create(GITLAB);
      server.send("alice", "DELETE", "/oauth-clients/" + client.id(), "");

      assertNotConnected(new Browser().go(connectPath(client)), "This link is not good");
    }
  }

  @Nested
  class The_way_back {
    @Test
    void is_good_once() {
      Answer client = create(GITLAB);
      Browser browser = new Browser();
      String back = browser.atHost(connectPath(client));
      String cookie = browser.cookie;
      browser.go(back);
      browser.cookie = cookie;

      Answer again = browser.go(back);

      assertNotConnected(again, "Nobody is on the way");
      assertThat(host.asked().stream().filter(one -> one.startsWith("POST"))).hasSize(1);
    }

    @Test
    void is_good_in_the_browser_that_began_alone() {
      Answer client = create(GITLAB);
      String back = new Browser().atHost(connectPath(client));
      Browser victim = new Browser();
      victim.atHost(connectPath(client));

      Answer page = victim.go(back);

      assertNotConnected(page, "not the browser that began");
      assertThat(tokens(client)).isEmpty();
      assertThat(host.asked().stream().filter(one -> one.startsWith("POST"))).isEmpty();
    }

    @Test
    void is_good_for_the_connection_that_it_began_with_alone() {
      Answer client = create(GITLAB);
      Browser browser = new Browser();
      String back = browser.atHost(connectPath(client));
      String other = create(GITLAB).attribute("uuid").asText();

      Answer page = browser.go(back.replaceFirst("/auth/[^/]+", "/auth/" + other));

      assertNotConnected(page, "Nobody is on the way");
    }

    @Test
    void is_good_for_ten_minutes() {
      Answer client = create(GITLAB);
      Browser browser = new Browser();
      String back = browser.atHost(connectPath(client));

      atlas.clock().advance(Duration.ofMinutes(10));

      assertNotConnected(browser.go(back), "Nobody is on the way");
    }

    @Test
    void says_what_the_host_says_and_nothing_that_a_browser_would_obey() {
      Answer client = create(GITLAB);
      host.refuse();

      Answer page = new Browser().connect(connectPath(client));

      assertNotConnected(page, "The host gives no access: The &lt;b&gt;owner&lt;/b&gt; said no.");
      assertThat(page.header("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'");
    }

    @Test
    void says_nothing_of_the_host_to_whom_it_does_not_know() {
      String uuid = create(GITLAB).attribute("uuid").asText();

      Answer page =
          new Browser()
              .go("/auth/" + uuid + "/callback?state=x&error=e&error_description=Pay+here");

      assertNotConnected(page, "Nobody is on the way");
      assertThat(page.text()).doesNotContain("Pay here");
    }

    @ParameterizedTest
    @ValueSource(strings = {GITLAB, "github_enterprise"})
    void says_when_the_host_does_not_know_our_application(String provider) {
      Answer client = create(provider, "a wrong secret");

      Answer page = new Browser().connect(connectPath(client));

      assertNotConnected(page, "The host gives no token");
      assertThat(page.text()).contains("invalid_client");
      assertThat(tokens(client)).isEmpty();
    }

    @Test
    void says_when_the_host_is_away() {
      Answer client = create(GITLAB);
      Browser browser = new Browser();
      String back = browser.atHost(connectPath(client));
      host.goDown();

      assertNotConnected(browser.go(back), "The host answers 503");
    }
  }

  @Nested
  class A_token_that_ends {
    private Answer client;
    private String repositories;

    @BeforeEach
    void connect() {
      client = create(GITLAB);
      new Browser().connect(connectPath(client));
      repositories = "/oauth-tokens/" + tokens(client).getFirst() + "/authorized-repos";
    }

    @Test
    void is_used_as_it_is_until_then() {
      atlas.clock().advance(Duration.ofMinutes(118));

      Answer answer = server.get("alice", repositories);

      assertThat(answer.ids()).containsExactly("lab/one", "else/two");
      assertThat(host.refreshes()).isZero();
    }

    @Test
    void is_made_new_once_however_many_use_it() throws Exception {
      atlas.clock().advance(Duration.ofMinutes(119));
      host.endTokens();

      List<Integer> statuses = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Integer>> answers =
            Stream.generate(() -> threads.submit(() -> server.get("alice", repositories).status()))
                .limit(6)
                .toList();
        for (Future<Integer> answer : answers) {
          statuses.add(answer.get());
        }
      }

      assertThat(statuses).containsOnly(200);
      assertThat(host.refreshes()).isEqualTo(1);
    }

    @Test
    void is_made_new_again_by_what_came_with_the_last_one() {
      for (int i = 0; i < 3; i++) {
        atlas.clock().advance(Duration.ofHours(2));
        assertThat(server.get("alice", repositories).status()).isEqualTo(200);
      }

      assertThat(host.refreshes()).isEqualTo(3);
    }

    @Test
    void is_told_of_once_where_the_host_makes_no_new_one() {
      atlas.clock().advance(Duration.ofHours(2));
      host.endTokens();
      host.endRefreshTokens();

      Answer first = server.get("alice", repositories);
      Answer second = server.get("alice", repositories);

      assertThat(first.status()).isEqualTo(422);
      assertThat(first.detail()).contains("The token has expired.");
      assertThat(second.status()).isEqualTo(422);
      assertThat(host.refreshes()).isEqualTo(1);
      assertThat(told()).hasSize(1);
    }

    private List<String> told() {
      return server
          .get(
              "alice",
              "/organizations/acme/vcs-events?"
                  + Tenants.query("filter[levels]", "error")
                  + "&"
                  + Tenants.query("filter[oauth_client_external_ids]", client.id()))
          .listed("message")
          .stream()
          .filter(line -> line.contains("The grant is invalid or was used."))
          .toList();
    }

    @Test
    void is_asked_for_again_where_the_host_was_away() {
      atlas.clock().advance(Duration.ofHours(2));
      host.endTokens();
      host.goDown();
      Answer away = server.get("alice", repositories);
      host.comeUp();
      Answer soon = server.get("alice", repositories);
      atlas.clock().advance(Duration.ofSeconds(30));

      Answer later = server.get("alice", repositories);

      assertThat(away.status()).isEqualTo(503);
      assertThat(soon.status()).isEqualTo(503);
      assertThat(later.status()).isEqualTo(200);
    }

    @Test
    void is_good_again_once_somebody_has_connected_anew() {
      atlas.clock().advance(Duration.ofHours(2));
      host.endTokens();
      host.endRefreshTokens();
      server.get("alice", repositories);

      new Browser().connect(connectPath(shown(client)));

      assertThat(server.get("alice", repositories).status()).isEqualTo(200);
    }
  }

  @Nested
  class The_repositories_of_a_token {
    private String token() {
      Answer client =
          server.post(
              "alice",
              CLIENTS,
              document(
                  "oauth-clients",
                  """
                  {"service-provider":"gitea","http-url":"%s","oauth-token-string":"%s"}\
                  """
                      .formatted(host.url(), host.token())));
      return tokens(client).getFirst();
    }

    @Test
    void are_listed_by_the_hosts_pages() {
      String token = token();

      Answer answer = server.get("alice", "/oauth-tokens/" + token + "/authorized-repos");

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().at("/data/0/type").asText()).isEqualTo("authorized-repos");
      assertThat(answer.json().at("/data/0/attributes/name").asText()).isEqualTo("lab/one");
      assertThat(answer.json().at("/data/0/relationships/oauth-token/data/id").asText())
          .isEqualTo(token);
      assertThat(answer.json().at("/meta/next-page").isNull()).isTrue();
    }

    @Test
    void are_those_of_one_owner_where_one_is_named() {
      String token = token();

      Answer answer =
          server.get("alice", "/oauth-tokens/" + token + "/authorized-repos?organization=else");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.ids()).isEmpty();
    }

    @Test
    void are_there_or_not() {
      String query = "/organizations/acme/vcs/repo?oauth_token_id=" + token() + "&identifier=";

      Answer there = server.get("alice", query + "a%2Fb");
      Answer nowhere = server.get("alice", query + "a%2Fc");

      assertThat(there.attribute("exists").asBoolean()).isTrue();
      assertThat(nowhere.attribute("exists").asBoolean()).isFalse();
      assertThat(nowhere.status()).isEqualTo(200);
      assertThat(server.get("bob", query + "a%2Fb").status()).isEqualTo(404);
      assertThat(server.get("bob", query.replace("acme", "beta") + "a%2Fb").status())
          .isEqualTo(404);
    }

    @Test
    void are_not_told_before_the_connection_is_let_in() {
      Answer plain =
          server.post(
              "alice",
              CLIENTS,
              document(
                  "oauth-clients",
                  "{\"service-provider\":\"git\",\"http-url\":\"https://git.example.com\"}"));

      Answer answer =
          server.get("alice", "/oauth-tokens/" + tokens(plain).getFirst() + "/authorized-repos");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.detail()).contains("no API");
    }
  }
}
