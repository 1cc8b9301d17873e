package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Connections of the organization `acme` to one host, and the people who let them in.
final class OauthConnections implements AutoCloseable {
  static final String GITLAB = "gitlab_community_edition";
  static final String CLIENTS = "/organizations/acme/oauth-clients";
  static final Pattern COOKIE =
      Pattern.compile(
          "terrarium_connect=(\\w*); Path=(/auth/[0-9a-f-]{36}); Max-Age=(\\d+); HttpOnly;"
              + " SameSite=Lax; Secure");

  private final AtlasFixture atlas;
  private final Tenants server;
  private final OauthHost host = new OauthHost();

  OauthConnections(AtlasFixture atlas, Tenants server) {
    this.atlas = atlas;
    this.server = server;
  }

  OauthHost host() {
    return host;
  }

  Answer create(String provider) {
    return create(provider, OauthHost.SECRET);
  }

  Answer create(String provider, String secret) {
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

  static String connectPath(Answer client) {
    return client.attribute("connect-path").asText();
  }

  /// Follows what it is told to follow, and keeps one cookie.
  final class Browser {
    String cookie = "";

    Answer go(String path) {
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
    String atHost(String connectPath) {
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

    Answer connect(String connectPath) {
      return go(atHost(connectPath));
    }
  }

  Answer shown(Answer client) {
    return server.get("alice", "/oauth-clients/" + client.id());
  }

  List<String> tokens(Answer client) {
    return server.get("alice", "/oauth-clients/" + client.id() + "/oauth-tokens").ids();
  }

  Browser browser() {
    return new Browser();
  }

  @Override
  public void close() {
    host.close();
  }
}
