package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.contracts.vault.SealedColumn;
import io.terrarium.core.rewrap.Rewrapping;
import io.terrarium.core.rewrap.Rewrapping.Done;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.vault.Transit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RewrapIT {
  private static final List<String> KEYS =
      Stream.of(SealedColumn.values()).map(SealedColumn::key).distinct().toList();
  private static final String STATE =
      """
      {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
       "resource_count":0,"resources":[],"modules":[],"providers":[],"outputs":[
       {"name":"o","sensitive":false,"type":"string","detailed_type":"string","value":"out"}]}
      """;
  private static final String COLUMNS =
      """
      SELECT table_name, column_name FROM information_schema.columns
       WHERE table_schema = 'atlas' AND column_name LIKE '%ciphertext%'
      """;

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);
  private final ServiceClient vault =
      new ServiceClient(
          atlas.config().core().vault().address(), Optional.empty(), Duration.ofSeconds(10));
  private final Transit transit = new Transit(atlas.config().core().vault());

  private String workspace = "";
  private String plan = "";

  @BeforeEach
  void secretsOfAllKinds() throws JsonProcessingException {
    workspace = server.readyWorkspace("rewrapped");
    new AppliedWorkspaces(atlas, server).apply(workspace, 1);
    atlas.parsed(
        server.get("alice", "/workspaces/" + workspace + "/current-state-version").id(),
        Json.SNAKE.readValue(STATE, ParsedState.class));
    variable("from_workspace", "pinned");
    String key =
        server
            .post(
                "alice",
                "/organizations/acme/ssh-keys",
                document("ssh-keys", "{\"name\":\"k\",\"value\":\"a private key\"}"))
            .id();
    server.send(
        "alice",
        "PATCH",
        "/workspaces/" + workspace + "/relationships/ssh-key",
        document("workspaces", "{\"id\":\"" + key + "\"}"));
    server.post(
        "alice",
        "/workspaces/" + workspace + "/notification-configurations",
        document(
            "notification-configurations",
            "{\"name\":\"n\",\"destination-type\":\"generic\",\"url\":\"https://example.com/n\","
                + "\"enabled\":false,\"token\":\"hush\",\"triggers\":[]}"));
    server.post(
        "alice",
        "/organizations/acme/oauth-clients",
        document(
            "oauth-clients",
            "{\"service-provider\":\"git\",\"http-url\":\"https://git.example.com\","
                + "\"oauth-token-string\":\"ci:hush\",\"secret\":\"signs webhooks\"}"));
    plan =
        server
            .run(
                workspace,
                "{\"plan-only\":true,"
                    + "\"variables\":[{\"key\":\"from_run\",\"value\":\"\\\"given\\\"\"}]}")
            .related("plan");
  }

  @AfterEach
  void close() {
    transit.close();
    vault.close();
  }

  private Answer variable(String name, String value) {
    return server.post(
        "alice",
        "/workspaces/" + workspace + "/vars",
        document(
            "vars",
            "{\"key\":\"" + name + "\",\"value\":\"" + value + "\",\"category\":\"terraform\"}"));
  }

  private void ofAllKeys(String path, Map<String, Integer> body) {
    for (String key : KEYS) {
      vault.post(
          "/v1/transit/keys/" + key + path,
          body,
          Map.of("X-Vault-Token", Neighbours.VAULT_TOKEN.value()),
          JsonNode.class);
    }
  }

  private boolean rewrap(List<Done> told) {
    try (Rewrapping rewrapping =
        Rewrapping.open(atlas.config().database(), atlas.config().core().vault())) {
      return rewrapping.run(told::add);
    }
  }

  /// Of every column that the schema has by its own word, whether rewrap knows it or not.
  private List<String> stored() {
    return atlas
        .database()
        .read(db ->
            db
                .createQuery(COLUMNS)
                .map((row, _) ->
                    "SELECT %2$s FROM %1$s WHERE %2$s IS NOT NULL"
                        .formatted(row.getString("table_name"), row.getString("column_name")))
                .stream()
                .flatMap(cells -> db.createQuery(cells).mapTo(String.class).list().stream())
                .toList());
  }

  @Nested
  class After_a_rotation {
    @Test
    void all_that_is_stored_is_of_the_new_version_and_readable_without_the_old_one() {
      ofAllKeys("/rotate", Map.of());

      boolean isWhole = rewrap(new ArrayList<>());
      ofAllKeys("/config", Map.of("min_decryption_version", 2));

      assertThat(isWhole).isTrue();
      assertThat(stored()).hasSizeGreaterThan(4).noneMatch(cell -> cell.contains("vault:v1:"));
      assertThat(
              server
                  .get("alice", "/workspaces/" + workspace + "/vars")
                  .json()
                  .at("/data/0/attributes/value")
                  .asText())
          .isEqualTo("pinned");
      assertThat(
              server
                  .get("alice", "/workspaces/" + workspace + "/current-state-version-outputs")
                  .json()
                  .at("/data/0/attributes/value")
                  .asText())
          .isEqualTo("out");
      BuildSpecification build = worker.claim(plan).build();
      assertThat(build.variables())
          .extracting(BuildSpecification.Variable::value)
          .containsExactly("pinned", "\"given\"");
      assertThat(String.valueOf(build.sshKey())).contains("a private key");
      String token =
          atlas
              .database()
              .read(db ->
                  db.createQuery("SELECT token_ciphertext FROM notification_configurations")
                      .mapTo(String.class)
                      .one());
      assertThat(transit.decrypt("atlas_notifications", token))
          .isEqualTo("hush".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void who_comes_again_finds_nothing_left_to_do() {
      ofAllKeys("/rotate", Map.of());
      rewrap(new ArrayList<>());
      List<Done> again = new ArrayList<>();

      boolean isWhole = rewrap(again);

      assertThat(isWhole).isTrue();
      assertThat(again)
          .hasSize(SealedColumn.values().length)
          .allMatch(done -> done.rewrapped() == 0 && done.failed() == 0);
    }

    @Test
    void what_is_written_meanwhile_stays() throws Exception {
      String path = "/workspaces/" + workspace + "/vars/" + variable("turning", "0").id();
      Thread rotating =
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 15; i++) {
                  ofAllKeys("/rotate", Map.of());
                  rewrap(new ArrayList<>());
                }
              });
      int last = 0;
      while (rotating.isAlive()) {
        last++;
        server.send("alice", "PATCH", path, document("vars", "{\"value\":\"" + last + "\"}"));
      }
      rotating.join();

      Answer read = server.get("alice", path);

      assertThat(read.attribute("value").asInt()).isEqualTo(last).isPositive();
    }

    @Test
    void one_that_cannot_be_read_is_told_of_and_keeps_no_other_back() {
      variable("broken", "x");
      atlas
          .database()
          .useTransaction(db ->
              db.execute(
                  "UPDATE variables SET value_ciphertext = 'vault:v1:AAAA' WHERE key = 'broken'"));
      ofAllKeys("/rotate", Map.of());
      List<Done> told = new ArrayList<>();

      boolean isWhole = rewrap(told);

      assertThat(isWhole).isFalse();
      assertThat(told.getFirst()).isEqualTo(new Done("variables", 1, 1));
    }
  }
}
