package io.terrarium.atlas;

import static io.terrarium.atlas.OauthConnections.COOKIE;
import static io.terrarium.atlas.OauthConnections.GITLAB;
import static io.terrarium.atlas.OauthConnections.connectPath;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The way to the page of a host, and the way back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OauthWaysIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private OauthConnections connections = new OauthConnections(atlas, server);

  @BeforeEach
  void startHost() {
    connections.close();
    connections = new OauthConnections(atlas, server);
  }

  @AfterEach
  void stopHost() {
    connections.close();
  }

  private static void assertNotConnected(Answer page, String why) {
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("<h1>Not connected</h1>").contains(why);
  }

  @Nested
  class A_link {
    @Test
    void leads_to_the_host_with_a_cookie_for_this_way_alone() {
      Answer client = connections.create(GITLAB);

      Answer begun = connections.browser().go(connectPath(client));

      Matcher cookie = COOKIE.matcher(begun.header("Set-Cookie").orElseThrow());
      assertThat(begun.header("Location").orElseThrow())
          .startsWith(connections.host().url() + "/oauth/authorize?client_id=our%20application&");
      assertThat(cookie.matches()).isTrue();
      assertThat(cookie.group(1)).hasSize(43);
      assertThat(cookie.group(2)).isEqualTo("/auth/" + client.attribute("uuid").asText());
      assertThat(cookie.group(3)).isEqualTo("600");
      assertThat(begun.header("Cache-Control")).contains("no-store");
      assertThat(begun.header("Referrer-Policy")).contains("no-referrer");
    }

    @Test
    void is_good_for_one_connection_alone_and_as_it_was_made() {
      String mine = connectPath(connections.create(GITLAB));
      String grant = mine.substring(mine.indexOf('?'));
      String other = connections.create(GITLAB).attribute("uuid").asText();
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
          .allSatisfy(
              link -> assertNotConnected(connections.browser().go(link), "This link is not good"));
    }

    @Test
    void is_good_for_an_hour() {
      String path = connectPath(connections.create(GITLAB));

      atlas.clock().advance(Duration.ofMinutes(60));

      assertNotConnected(connections.browser().go(path), "This link is not good");
    }

    @Test
    void ends_with_its_connection() {
      Answer client = connections.create(GITLAB);
      server.send("alice", "DELETE", "/oauth-clients/" + client.id(), "");

      assertNotConnected(connections.browser().go(connectPath(client)), "This link is not good");
    }
  }

  @Nested
  class The_way_back {
    @Test
    void is_good_once() {
      Answer client = connections.create(GITLAB);
      OauthConnections.Browser browser = connections.browser();
      String back = browser.atHost(connectPath(client));
      String cookie = browser.cookie;
      browser.go(back);
      browser.cookie = cookie;

      Answer again = browser.go(back);

      assertNotConnected(again, "Nobody is on the way");
      assertThat(connections.host().asked().stream().filter(one -> one.startsWith("POST")))
          .hasSize(1);
    }

    @Test
    void is_good_in_the_browser_that_began_alone() {
      Answer client = connections.create(GITLAB);
      String back = connections.browser().atHost(connectPath(client));
      OauthConnections.Browser victim = connections.browser();
      victim.atHost(connectPath(client));

      Answer page = victim.go(back);

      assertNotConnected(page, "not the browser that began");
      assertThat(connections.tokens(client)).isEmpty();
      assertThat(connections.host().asked().stream().filter(one -> one.startsWith("POST")))
          .isEmpty();
    }

    @Test
    void is_good_for_the_connection_that_it_began_with_alone() {
      Answer client = connections.create(GITLAB);
      OauthConnections.Browser browser = connections.browser();
      String back = browser.atHost(connectPath(client));
      String other = connections.create(GITLAB).attribute("uuid").asText();

      Answer page = browser.go(back.replaceFirst("/auth/[^/]+", "/auth/" + other));

      assertNotConnected(page, "Nobody is on the way");
    }

    @Test
    void is_good_for_ten_minutes() {
      Answer client = connections.create(GITLAB);
      OauthConnections.Browser browser = connections.browser();
      String back = browser.atHost(connectPath(client));

      atlas.clock().advance(Duration.ofMinutes(10));

      assertNotConnected(browser.go(back), "Nobody is on the way");
    }

    @Test
    void says_what_the_host_says_and_nothing_that_a_browser_would_obey() {
      Answer client = connections.create(GITLAB);
      connections.host().refuse();

      Answer page = connections.browser().connect(connectPath(client));

      assertNotConnected(page, "The host gives no access: The &lt;b&gt;owner&lt;/b&gt; said no.");
      assertThat(page.header("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'");
    }

    @Test
    void says_nothing_of_the_host_to_whom_it_does_not_know() {
      String uuid = connections.create(GITLAB).attribute("uuid").asText();

      Answer page =
          connections
              .browser()
              .go("/auth/" + uuid + "/callback?state=x&error=e&error_description=Pay+here");

      assertNotConnected(page, "Nobody is on the way");
      assertThat(page.text()).doesNotContain("Pay here");
    }

    @ParameterizedTest
    @ValueSource(strings = {GITLAB, "github_enterprise"})
    void says_when_the_host_does_not_know_our_application(String provider) {
      Answer client = connections.create(provider, "a wrong secret");

      Answer page = connections.browser().connect(connectPath(client));

      assertNotConnected(page, "The host gives no token");
      assertThat(page.text()).contains("invalid_client");
      assertThat(connections.tokens(client)).isEmpty();
    }

    @Test
    void says_when_the_host_is_away() {
      Answer client = connections.create(GITLAB);
      OauthConnections.Browser browser = connections.browser();
      String back = browser.atHost(connectPath(client));
      connections.host().goDown();

      assertNotConnected(browser.go(back), "The host answers 503");
    }
  }
}
