package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.json.Json;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationConfigurationsIT {
  private static final int OF_WORKSPACE_MAX = 20;
  private static final String ALL =
      "[\"run:created\",\"run:planning\",\"run:needs_attention\",\"run:applying\","
          + "\"run:completed\",\"run:errored\"]";
  private static final String QUIET =
      "{\"name\":\"Hook\",\"destination-type\":\"generic\",\"url\":\"https://example.com/hook\","
          + "\"enabled\":false,\"token\":\"hush\",\"triggers\":[\"run:created\"]}";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  @AutoClose private final Receiver receiver = new Receiver(atlas.platform());
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);
  private final AtomicInteger number = new AtomicInteger();

  private Answer create(String workspace, String attributes) {
    return server.post(
        "alice",
        "/workspaces/" + workspace + "/notification-configurations",
        document("notification-configurations", attributes));
  }

  private String enabled(String path) {
    return "{\"name\":\"Hook\",\"destination-type\":\"generic\",\"enabled\":true,\"token\":\"hush\","
        + "\"url\":\""
        + receiver.url(path)
        + "\"}";
  }

  private Answer change(String id, String attributes) {
    return server.send(
        "alice",
        "PATCH",
        "/notification-configurations/" + id,
        document("notification-configurations", attributes));
  }

  private Answer read(String id) {
    return server.get("alice", "/notification-configurations/" + id);
  }

  @Nested
  class A_notification_configuration {
    @Test
    void is_the_same_when_created_read_and_listed_and_never_shows_its_token() {
      String workspace = server.workspace("same");

      Answer created = create(workspace, QUIET);

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("notification-configuration.json", created.json());
      assertThat(read(created.id()).json()).isEqualTo(created.json());
      Answer listed =
          server.get("alice", "/workspaces/" + workspace + "/notification-configurations");
      assertThat(listed.json().at("/data/0")).isEqualTo(created.data());
      assertThat(listed.json().at("/meta/pagination/total-count").asInt()).isOne();
      assertThat(created.text()).doesNotContain("hush");
      assertThat(kept("token_ciphertext", created.id())).startsWith("vault:");
    }

    @Test
    void can_be_changed_but_for_its_kind() {
      String id = create(server.workspace("changing"), QUIET).id();

      Answer changed = change(id, "{\"name\":\"New\",\"triggers\":[\"run:errored\"]}");

      assertThat(changed.status()).as(changed.text()).isEqualTo(200);
      assertThat(changed.attribute("name").asText()).isEqualTo("New");
      assertThat(changed.attribute("url").asText()).isEqualTo("https://example.com/hook");
      assertThat(changed.attribute("triggers").path(0).asText()).isEqualTo("run:errored");
      assertThat(kept("token_ciphertext", id)).as("what is left out stays").startsWith("vault:");
      assertThat(change(id, "{\"token\":null}").status()).isEqualTo(200);
      assertThat(kept("token_ciphertext", id)).isEqualTo("none");
      assertThat(change(id, "{\"destination-type\":\"slack\"}").pointer())
          .isEqualTo("/data/attributes/destination-type");
    }

    @Test
    void is_gone_once_it_is_deleted() {
      String id = create(server.workspace("gone"), QUIET).id();

      int deleted =
          server.send("alice", "DELETE", "/notification-configurations/" + id, "").status();

      assertThat(deleted).isEqualTo(204);
      assertThat(read(id).status()).isEqualTo(404);
    }

    @Test
    void is_one_of_twenty_at_most() {
      String workspace = server.workspace("full");
      for (int i = 0; i < OF_WORKSPACE_MAX; i++) {
        assertThat(create(workspace, QUIET).status()).isEqualTo(201);
      }

      Answer oneMore = create(workspace, QUIET);

      assertThat(oneMore.status()).isEqualTo(422);
      assertThat(oneMore.detail()).contains("20");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            name             | ""                       | blank
            name             | null                     | blank
            name             | "%long%"                 | 255
            name             | 1                        | text
            destination-type | "pigeon"                 | slack
            destination-type | "email"                  | mail server
            destination-type | ["generic"]              | text
            url              | ""                       | blank
            url              | "no address"             | https://
            url              | "ftp://example.com/"     | https://
            url              | "file:///etc/passwd"     | https://
            url              | "https:///hook"          | https://
            url              | "https://a:b@example.com/" | without a user
            url              | "https://example.com/%long%%long%%long%%long%%long%%long%%long%%long%%long%" | 2048
            enabled          | "maybe"                  | true or false
            token            | {"a":1}                  | text
            triggers         | ["run:started"]          | run:started
            triggers         | "run:created"            | list
            """)
    void with_bad_attributes_is_refused_with_a_pointer(String attribute, String value, String words)
        throws Exception {
      String workspace = server.workspace("bad-" + number.incrementAndGet());
      ObjectNode attributes = (ObjectNode) Json.KEBAB.readTree(QUIET);
      attributes.set(attribute, Json.KEBAB.readTree(value.replace("%long%", "x".repeat(256))));

      Answer refused = create(workspace, attributes.toString());

      assertThat(refused.status()).as(refused.text()).isEqualTo(422);
      assertThat(refused.pointer()).isEqualTo("/data/attributes/" + attribute);
      assertThat(refused.detail()).contains(words);
    }

    @Test
    void may_wait_for_what_is_documented_and_never_happens_here() {
      Answer created =
          create(
              server.workspace("assessing"),
              "{\"name\":\"n\",\"destination-type\":\"slack\",\"enabled\":false,"
                  + "\"url\":\"https://example.com\",\"triggers\":[\"assessment:drifted\","
                  + "\"workspace:auto_destroy_reminder\"]}");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
    }
  }

  @Nested
  class A_configuration_that_is_to_be_enabled {
    @Test
    void is_saved_once_its_receiver_has_answered_well() {
      receiver.letters().clear();

      Answer created = create(server.workspace("enabled"), enabled("/good"));

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Receiver.Letter letter = receiver.letters().getFirst();
      assertThat(letter.body())
          .isEqualTo(
              "{\"payload_version\":1,\"notification_configuration_id\":\""
                  + created.id()
                  + "\",\"run_url\":null,\"run_id\":null,\"run_message\":null,"
                  + "\"run_created_at\":null,\"run_created_by\":null,\"workspace_id\":null,"
                  + "\"workspace_name\":null,\"organization_name\":null,\"notifications\":["
                  + "{\"message\":\"Verification of Hook\",\"trigger\":\"verification\","
                  + "\"run_status\":null,\"run_updated_at\":null,\"run_updated_by\":null}]}");
      assertThat(letter.signature())
          .isEqualTo(HexFormat.of().formatHex(Mac.sha512(new Secret("hush")).sign(letter.body())));
      JsonNode response = created.attribute("delivery-responses").path(0);
      assertThat(response.path("code").asText()).isEqualTo("200");
      assertThat(response.path("body").asText()).isEqualTo("thanks");
      assertThat(response.path("successful").asText()).isEqualTo("true");
      assertThat(response.at("/headers/content-length/0").asText()).isEqualTo("6");
    }

    @ParameterizedTest
    @CsvSource({"/bad,500", "/moved,302", "/nowhere,404"})
    void is_not_saved_when_its_receiver_has_not(String path, String code) {
      String workspace = server.workspace("refused" + code);

      Answer refused = create(workspace, enabled(path));

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.detail()).contains("Unable to complete verification request", code);
      assertThat(
              server
                  .get("alice", "/workspaces/" + workspace + "/notification-configurations")
                  .ids())
          .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "http://10.1.2.3/",
          "https://169.254.169.254/latest/meta-data/",
          "http://[::1]/",
          "http://[::ffff:10.0.0.1]/"
        })
    void is_not_saved_when_its_address_is_nobodys_on_the_internet(String url) {
      Answer refused =
          create(
              server.workspace("inside-" + number.incrementAndGet()),
              enabled("/good").replace(receiver.url("/good"), url));

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.detail()).contains("TERRARIUM_OUTBOUND_ALLOW");
    }

    @Test
    void stays_as_it_was_when_its_receiver_does_not_take_the_change() {
      String id = create(server.workspace("staying"), enabled("/good")).id();

      Answer refused = change(id, "{\"url\":\"" + receiver.url("/bad") + "\"}");

      assertThat(refused.status()).isEqualTo(400);
      assertThat(read(id).attribute("url").asText()).isEqualTo(receiver.url("/good"));
      assertThat(
              change(id, "{\"enabled\":false,\"url\":\"" + receiver.url("/bad") + "\"}").status())
          .isEqualTo(200);
      Answer enable =
          server.post("alice", "/notification-configurations/" + id + "/actions/enable", "");
      assertThat(enable.status()).isEqualTo(400);
      assertThat(read(id).attribute("enabled").asBoolean()).isFalse();
    }

    @Test
    void keeps_the_last_ten_answers_good_and_bad() {
      String id = create(server.workspace("keeping"), enabled("/good")).id();
      String verify = "/notification-configurations/" + id + "/actions/verify";
      for (int i = 0; i < 10; i++) {
        assertThat(server.post("alice", verify, "").status()).isEqualTo(200);
      }
      change(id, "{\"enabled\":false,\"url\":\"" + receiver.url("/bad") + "\"}");

      int failed = server.post("alice", verify, "").status();

      assertThat(failed).isEqualTo(400);
      JsonNode responses = read(id).attribute("delivery-responses");
      assertThat(responses).hasSize(10);
      assertThat(responses.path(0).path("successful").asText()).isEqualTo("false");
      assertThat(responses.path(0).path("body").asText()).isEqualTo("out of order");
      assertThat(responses.path(9).path("successful").asText()).isEqualTo("true");
    }
  }

  @Nested
  class The_moves_of_a_run {
    private static final Changes CHANGES = new Changes(1, 0, 0, 0);
    private static final Changes NONE = new Changes(0, 0, 0, 0);

    private String listenedTo(String name) {
      String workspace = server.readyWorkspace(name);
      String id = create(workspace, QUIET.replace("[\"run:created\"]", ALL)).id();
      create(workspace, QUIET);
      listening(id);
      return workspace;
    }

    @Test
    void are_told_to_whom_they_matter_from_the_first_to_the_last() {
      String workspace = listenedTo("whole");
      Answer run = server.run(workspace, "{}");

      worker.finishPlan(worker.claim(run.related("plan")), CHANGES);
      server.post("alice", "/runs/" + run.id() + "/actions/apply", "{}");
      worker.finishApply(
          worker.claim(run.related("apply")), "{\"version\":4,\"serial\":1}", CHANGES);

      assertThat(told(run.id()))
          .isEqualTo(
              Map.of(
                  "run:created", "pending",
                  "run:planning", "planning",
                  "run:needs_attention", "planned",
                  "run:applying", "applying",
                  "run:completed", "applied"));
    }

    @Test
    void need_nobodys_attention_where_nothing_changes_or_all_is_applied() {
      Answer unchanged = server.run(listenedTo("unchanged"), "{}");
      Answer automatic = server.run(listenedTo("automatic"), "{\"auto-apply\":true}");

      worker.finishPlan(worker.claim(unchanged.related("plan")), NONE);
      worker.finishPlan(worker.claim(automatic.related("plan")), CHANGES);

      assertThat(told(unchanged.id()))
          .doesNotContainKey("run:needs_attention")
          .containsEntry("run:completed", "planned_and_finished");
      assertThat(told(automatic.id())).doesNotContainKey("run:needs_attention");
    }

    @Test
    void that_end_early_are_told_as_errors() {
      Answer discarded = server.run(listenedTo("discarded"), "{}");
      Answer canceled = server.run(listenedTo("canceled"), "{}");
      worker.finishPlan(worker.claim(discarded.related("plan")), CHANGES);

      server.post("alice", "/runs/" + discarded.id() + "/actions/discard", "{}");
      server.post("alice", "/runs/" + canceled.id() + "/actions/cancel", "{}");

      assertThat(told(discarded.id())).containsEntry("run:errored", "discarded");
      assertThat(told(canceled.id())).containsEntry("run:errored", "canceled");
    }

    @Test
    void are_nobodys_business_while_the_plan_is_speculative() {
      Answer speculative = server.run(listenedTo("speculative"), "{\"plan-only\":true}");

      worker.finishPlan(worker.claim(speculative.related("plan")), CHANGES);

      assertThat(told(speculative.id())).isEmpty();
    }
  }

  @Nested
  class A_configuration_of_a_project {
    private String project() {
      return "/projects/" + server.project("project-" + number.incrementAndGet());
    }

    private Answer create(String caller, String project) {
      return server.post(
          caller,
          project + "/notification-configurations",
          document("notification-configuration", QUIET));
    }

    @Test
    void is_the_same_when_created_read_changed_and_listed() {
      String project = project();

      Answer created = create("alice", project);

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("notification-configuration-of-project.json", created.json());
      assertThat(read(created.id()).json()).isEqualTo(created.json());
      assertThat(change(created.id(), "{\"name\":\"New\"}").attribute("name").asText())
          .isEqualTo("New");
      Answer listed = server.get("alice", project + "/notification-configurations");
      assertThat(listed.ids()).containsExactly(created.id());
      assertThat(listed.json().at("/meta/pagination/total-count").asInt()).isOne();
      server.send("alice", "DELETE", "/notification-configurations/" + created.id(), "");
      assertThat(server.get("alice", project + "/notification-configurations").ids()).isEmpty();
    }

    @Test
    void is_told_of_the_runs_of_all_workspaces_that_are_in_it() {
      String project = project();
      String id = create("alice", project).id();
      listening(id);
      String workspace = server.readyWorkspace("in-project");
      Answer before = server.run(workspace, "{}");
      server.post(
          "alice",
          project + "/relationships/workspaces",
          "{\"data\":[{\"type\":\"workspaces\",\"id\":\"" + workspace + "\"}]}");

      Answer after = server.run(workspace, "{}");

      assertThat(told(before.id())).isEmpty();
      assertThat(told(after.id())).isEqualTo(Map.of("run:created", "pending"));
    }

    @Test
    void is_for_whom_may_change_the_project() {
      String project = project();
      String id = create("alice", project).id();
      for (String level : List.of("maintain", "admin")) {
        String team = server.team("project-" + level, "");
        server.post(
            "alice",
            "/team-projects",
            Tenants.access(
                "team-projects",
                "{\"access\":\"" + level + "\"}",
                team,
                project.substring("/projects/".length())));
      }

      assertThat(create("project-admin", project).status()).isEqualTo(201);
      for (String other : List.of("project-maintain", "acme", "bob")) {
        assertThat(create(other, project).status()).as(other).isEqualTo(404);
        assertThat(server.get(other, project + "/notification-configurations").status())
            .as(other)
            .isEqualTo(404);
        assertThat(server.get(other, "/notification-configurations/" + id).status())
            .as(other)
            .isEqualTo(404);
      }
    }
  }

  @Nested
  class Verification {
    @Test
    void is_had_ten_times_a_minute_where_the_rate_limit_is_on() {
      String knocking =
          "/notification-configurations/"
              + create(server.workspace("knocking"), enabled("/good")).id();
      String verify = knocking + "/actions/verify";
      String enable = knocking + "/actions/enable";
      String other =
          "/notification-configurations/"
              + create(server.workspace("patient"), enabled("/good")).id()
              + "/actions/verify";
      limitRates(true);
      try {
        for (int i = 0; i < 5; i++) {
          for (String knock : List.of(verify, enable)) {
            assertThat(server.post("bob", knock, "").status()).isEqualTo(404);
            assertThat(server.post("alice", knock, "").status()).isEqualTo(200);
          }
        }
        Answer refused = server.post("alice", verify, "");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().at("/errors/0/title").asText()).isEqualTo("Too many requests");
        assertThat(refused.header("X-RateLimit-Limit")).contains("10");
        assertThat(refused.header("X-RateLimit-Reset").orElse("")).matches("\\d+\\.\\d+");
        assertThat(server.post("alice", enable, "").status()).isEqualTo(429);
        assertThat(server.post("alice", other, "").status()).as("another").isEqualTo(200);
      } finally {
        limitRates(false);
      }
    }

    private void limitRates(boolean on) {
      atlas
          .admin()
          .patch(
              "/api/v2/admin/general-settings",
              "general-settings",
              Map.of("api-rate-limiting-enabled", on, "api-rate-limit", 1000));
    }
  }

  /// Switches it on without asking its receiver, so that nobody has to answer.
  private void listening(String id) {
    atlas
        .database()
        .useTransaction(db ->
            db.execute(
                "UPDATE notification_configurations SET enabled = true WHERE external_id = ?", id));
  }

  private Map<String, String> told(String run) {
    Map<String, String> told = new TreeMap<>();
    atlas
        .database()
        .read(db ->
            db.createQuery(
                    "SELECT argument ->> 'trigger', argument ->> 'run_status' FROM outbox"
                        + " WHERE flow = :run AND class = 'Notifications::Deliver'")
                .bind("run", run)
                .map((row, _) -> told.put(row.getString(1), row.getString(2)))
                .list());
    return told;
  }

  private String kept(String column, String id) {
    return atlas
        .database()
        .read(db ->
            db.createQuery(
                    "SELECT coalesce("
                        + column
                        + ", 'none') FROM notification_configurations WHERE external_id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .one());
  }

  @Test
  void strangers_are_told_nothing() {
    String workspace = server.workspace("hidden");
    String id = create(workspace, QUIET).id();

    for (String path :
        List.of(
            "/workspaces/" + workspace + "/notification-configurations",
            "/notification-configurations/" + id)) {
      assertThat(server.get("bob", path).status()).isEqualTo(404);
    }
  }
}
