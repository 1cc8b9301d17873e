package io.terrarium.atlas;

import static io.terrarium.atlas.OauthConnections.GITLAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Connections to Git hosts in the browser, and the modules that are published by them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionPagesIT {
  private static final String LIST = "/app/acme/settings/version-control";
  private static final String EVENTS = "/app/acme/settings/vcs-events";
  private static final String PUBLISH = "/app/acme/registry/modules/new";
  private static final String MODULE = "/app/acme/registry/modules/private/acme/";
  private static final Pattern CONNECT = Pattern.compile("href=\"(/auth/[^\"]+)\"");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  @AutoClose private final OauthConnections connections = new OauthConnections(atlas, server);

  @AutoClose private final Browser alice = Browser.signedIn(atlas, "alice");
  @AutoClose private final Browser bob = Browser.signedIn(atlas, "bob");
  @AutoClose private final Browser member = member();

  private Browser member() {
    server.person("mia");
    server.join("mia", server.team("readers", ""));
    return Browser.signedIn(atlas, "mia");
  }

  private Map<String, String> gitea(String name) {
    return Map.of(
        "service-provider",
        "gitea",
        "name",
        name,
        "http-url",
        connections.host().url(),
        "oauth-token-string",
        connections.host().token());
  }

  /// The id of its token.
  private String connected(String name) {
    assertThat(alice.submit(LIST + "/new", gitea(name)).status()).isEqualTo(303);
    return StreamSupport.stream(
            server
                .get("alice", OauthConnections.CLIENTS + "?page%5Bsize%5D=100")
                .data()
                .spliterator(),
            false)
        .filter(client -> client.at("/attributes/name").asText().equals(name))
        .map(client -> client.at("/relationships/oauth-tokens/data/0/id").asText())
        .findFirst()
        .orElseThrow();
  }

  private static String location(Answer answer) {
    return answer.header("Location").orElse("");
  }

  @Nested
  class A_connection {
    @Test
    void is_made_with_a_token_that_is_never_shown() {
      String form = alice.open(LIST + "/new").text();
      Answer made = alice.submit(LIST + "/new", gitea("<i>ours</i>"));

      String list = alice.open(LIST).text();

      assertThat(form).contains("Bitbucket Cloud", "oauth-token-string");
      assertThat(location(made)).isEqualTo(LIST);
      assertThat(list)
          .contains("&lt;i&gt;ours&lt;/i&gt;", "Gitea or Forgejo", "Connected")
          .doesNotContain("<i>ours", connections.host().token());
    }

    @Test
    void is_refused_at_the_fields_that_are_wrong() {
      Map<String, String> fields = new HashMap<>(gitea("kept"));
      fields.put("http-url", "ftp://nowhere");

      Answer answer = alice.submit(LIST + "/new", fields);
      Answer kindless = alice.submit(LIST + "/new", Map.of("name", "x"));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text())
          .contains("value=\"kept\"", "Http url must be an address")
          .doesNotContain(connections.host().token());
      assertThat(kindless.text()).contains("Service provider must be one of");
    }

    @Test
    void may_be_made_by_the_page_of_its_host() {
      alice.submit(
          LIST + "/new",
          Map.of(
              "service-provider",
              GITLAB,
              "name",
              "by-page",
              "http-url",
              connections.host().url(),
              "key",
              OauthHost.KEY,
              "secret",
              OauthHost.SECRET));
      String before = alice.open(LIST).text();
      Matcher link = CONNECT.matcher(before);
      assertThat(link.find()).as(before).isTrue();

      Answer connected = connections.browser().connect(link.group(1).replace("&amp;", "&"));

      assertThat(before)
          .contains("Not connected yet", "https://127.0.0.1:8443/auth/")
          .doesNotContain(OauthHost.SECRET);
      assertThat(connected.text()).contains("is connected to");
      assertThat(alice.open(LIST).text()).contains("Connect anew");
      assertThat(alice.open(EVENTS).text()).contains("by-page");
    }

    @Test
    void goes_where_its_organization_says_so() {
      Answer made = connections.create(GITLAB);
      String delete = "/settings/version-control/" + made.id() + "/delete";

      Answer hidden = member.submit("/app/acme" + delete, Map.of());
      Answer stranger = bob.submit("/app/beta" + delete, Map.of());
      Answer elsewhere = alice.submit("/app/other" + delete, Map.of());
      Answer gone = alice.submit("/app/acme" + delete, Map.of());

      assertThat(hidden.status()).isEqualTo(404);
      assertThat(stranger.status()).isEqualTo(404);
      assertThat(elsewhere.status()).isEqualTo(404);
      assertThat(location(gone)).isEqualTo(LIST);
      assertThat(connections.shown(made).status()).isEqualTo(404);
    }

    @Test
    void is_not_there_for_who_may_not_see_it() {
      assertThat(bob.open("/app/beta/settings/version-control").text())
          .contains("No connection yet");
      for (String page : new String[] {LIST, LIST + "/new", EVENTS}) {
        assertThat(member.open(page).status()).as(page).isEqualTo(404);
        assertThat(bob.open(page).status()).as(page).isEqualTo(404);
      }
      assertThat(member.open("/app/acme/workspaces").text()).doesNotContain(LIST);
      assertThat(alice.open("/app/acme/workspaces").text()).contains(LIST);
    }
  }

  @Nested
  class Events {
    @Test
    void are_listed_and_narrowed_to_errors() {
      assertThat(alice.open(EVENTS).text()).contains("ten days");
      assertThat(alice.open(EVENTS + "?level=error").text()).contains("No error.");
      assertThat(bob.open("/app/beta/settings/vcs-events").text()).contains("Nothing yet.");
    }

    @Test
    void lead_to_the_way_of_the_delivery_that_they_come_from() {
      String token = connected("with-deliveries");
      atlas
          .database()
          .useTransaction(db -> {
            db.execute(
                """
                WITH repository AS (
                  INSERT INTO vcs_repositories (external_id, oauth_token_id, identifier,
                    webhook_token, created_at)
                  SELECT 'repo-told', id, 'lab/told', 'told', now() FROM oauth_tokens
                   WHERE external_id = ? RETURNING id)
                INSERT INTO webhook_deliveries (external_id, vcs_repository_id, delivery_key, event,
                  received_at, processed_at)
                SELECT 'whd-told', id, 'told', '[]', now(), now() FROM repository
                """,
                token);
            db.execute(
                """
                INSERT INTO vcs_events (external_id, organization_id, webhook_delivery_id, level,
                  message, created_at)
                SELECT 've-told', o.id, d.id, 'info', 'told by a host', ?
                  FROM organizations o, webhook_deliveries d
                 WHERE o.name = 'acme' AND d.external_id = 'whd-told'
                """,
                atlas.clock().instant());
          });

      String link = "/app/mesh/flows/whd-told";

      assertThat(alice.open(EVENTS).text()).contains("href=\"" + link + "\"");
      assertThat(alice.open(link).status()).isEqualTo(200);
      assertThat(member.open(link).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_module {
    @Test
    void is_published_from_the_tags_of_a_repository() {
      String token = connected("for-tags");

      String form = alice.open(PUBLISH + "?connection=" + token).text();
      Answer made =
          alice.submit(
              PUBLISH,
              Map.of(
                  "vcs-repo.oauth-token-id", token,
                  "vcs-repo.identifier", "lab/terraform-aws-tagged",
                  "publishing-mechanism", "git_tag",
                  "vcs-repo.tag-prefix", "net/",
                  "vcs-repo.branch", "left-over"));

      assertThat(form).contains("<option value=\"lab/one\">");
      assertThat(location(made)).as(made.text()).isEqualTo(MODULE + "tagged/aws");
      assertThat(alice.open(MODULE + "tagged/aws").text())
          .contains("lab/terraform-aws-tagged", "<code>net/</code>", "No version yet");
    }

    @Test
    void is_published_from_a_branch_and_gets_versions_by_hand() {
      String token = connected("for-branch");
      Map<String, String> fields =
          Map.of(
              "vcs-repo.oauth-token-id", token,
              "vcs-repo.identifier", "lab/anything",
              "name", "branched",
              "provider", "aws",
              "publishing-mechanism", "branch",
              "vcs-repo.branch", "main",
              "initial-version", "0.1.0");

      Answer made = alice.submit(PUBLISH, fields);
      String page = MODULE + "branched/aws";
      Answer next = alice.submit(page + "/versions", Map.of("version", "0.2.0"));
      Answer wrong = alice.submit(page + "/versions", Map.of("version", "two"));

      assertThat(location(made)).as(made.text()).isEqualTo(page);
      assertThat(location(next)).isEqualTo(page + "/0.2.0");
      assertThat(alice.open(page).text()).contains("0.1.0", "0.2.0", "Being fetched");
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.text()).contains("value=\"two\"", "Semantic Versioning");
      assertThat(member.submit(page + "/versions", Map.of("version", "0.3.0")).status())
          .isEqualTo(404);
    }

    @Test
    void is_refused_at_the_fields_that_are_wrong() {
      String token = connected("for-nothing");
      Map<String, String> nameless =
          Map.of("vcs-repo.oauth-token-id", token, "vcs-repo.identifier", "lab/nameless");
      Map<String, String> branchless = new HashMap<>(nameless);
      branchless.put("publishing-mechanism", "branch");

      Answer name = alice.submit(PUBLISH, nameless);
      Answer branch = alice.submit(PUBLISH, branchless);

      assertThat(name.status()).isEqualTo(422);
      assertThat(name.text())
          .contains("value=\"lab/nameless\"", "must end in terraform-&lt;PROVIDER&gt;");
      assertThat(branch.text()).contains("Branch can't be blank");
    }

    @Test
    void is_published_by_nobody_else() {
      Answer beta = bob.open("/app/beta/registry/modules/new");

      assertThat(beta.text()).contains("No connection to a Git host", "Connect a Git host");
      assertThat(member.open(PUBLISH).status()).isEqualTo(404);
      assertThat(member.submit(PUBLISH, Map.of("vcs-repo.identifier", "a/b")).status())
          .isEqualTo(404);
    }
  }
}
