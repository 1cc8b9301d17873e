package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateVersionsIT {
  private static final String MD5 = "0123456789abcdef0123456789abcdef";
  private static final String STATE_MD5 = "e22bbf16ba47498d1a41c30d7a40d2ae";
  private static final String STATE = "{\"version\":4,\"serial\":1,\"lineage\":\"L\"}";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  @Test
  void waits_for_its_bytes_and_is_then_current() throws Exception {
    String workspace = "/workspaces/" + server.workspace("state");
    assertThat(push(workspace, 1).status()).isEqualTo(409);
    server.post("alice", workspace + "/actions/lock", "{}");
    assertThat(server.get("alice", workspace + "/current-state-version").status()).isEqualTo(404);

    Answer pending = push(workspace, 1);
    String upload = pending.attribute("hosted-state-upload-url").asText();
    assertThat(pending.attribute("status").asText()).isEqualTo("pending");
    assertThat(upload).startsWith("https://127.0.0.1:8443/_archivist/v1/object/");
    assertThat(server.post("alice", workspace + "/actions/unlock", "").status()).isEqualTo(409);
    assertThat(atlas.objects().put(upload, STATE)).isEqualTo(200);
    assertThat(atlas.objects().put(upload, STATE)).isEqualTo(200);

    Answer current = server.get("alice", workspace + "/current-state-version");
    assertThat(current.id()).isEqualTo(pending.id());
    assertThat(current.attribute("status").asText()).isEqualTo("finalized");
    assertThat(atlas.objects().get(current.attribute("hosted-state-download-url").asText()))
        .isEqualTo(STATE);
    assertThat(jobsOf(pending.id())).isOne();
    assertThat(server.post("alice", workspace + "/actions/unlock", "").status()).isEqualTo(200);
  }

  @Test
  void shows_its_outputs_once_it_is_parsed_and_the_sensitive_ones_one_by_one() throws Exception {
    String workspace = "/workspaces/" + server.workspace("outputs");
    server.post("alice", workspace + "/actions/lock", "{}");
    Answer pushed = push(workspace, 1);
    atlas.objects().put(pushed.attribute("hosted-state-upload-url").asText(), STATE);

    parse(pushed.id());

    Answer outputs = server.get("alice", workspace + "/current-state-version-outputs");
    assertThat(outputs.names()).containsExactly("open", "secret");
    assertThat(outputs.json().at("/data/0/attributes/value").asInt()).isEqualTo(7);
    assertThat(outputs.json().at("/data/1/attributes/value").isNull()).isTrue();
    String secret = "/state-version-outputs/" + outputs.ids().get(1);
    assertThat(server.get("alice", secret).attribute("value").asText()).isEqualTo("hush");
    assertThat(server.get("bob", secret).status()).isEqualTo(404);
    assertThat(server.get("alice", workspace).attribute("resource-count").asInt()).isEqualTo(3);
    server.post("alice", workspace + "/actions/unlock", "");
    assertThat(server.post("alice", workspace + "/actions/safe-delete", "").status())
        .isEqualTo(409);
  }

  @Test
  void is_listed_by_pages() {
    String workspace = "/workspaces/" + server.workspace("pages");
    server.post("alice", workspace + "/actions/lock", "{}");
    for (int serial = 1; serial <= 3; serial++) {
      inline(workspace, serial, "L", MD5, false);
    }
    String list =
        "/state-versions?"
            + query("filter[organization][name]", "acme")
            + "&"
            + query("filter[workspace][name]", "pages")
            + "&"
            + query("page[size]", "2");

    Answer first = server.get("alice", list);
    Answer second = server.get("alice", list + "&" + query("page[number]", "2"));

    assertThat(first.listed("serial")).containsExactly("3", "2");
    assertThat(second.listed("serial")).containsExactly("1");
    assertThat(first.json().at("/meta/pagination/next-page").asInt()).isEqualTo(2);
    assertThat(second.json().at("/meta/pagination/total-pages").asInt()).isEqualTo(2);
    assertThat(server.get("bob", list).status()).isEqualTo(404);
  }

  @Test
  void follows_its_predecessor() {
    String workspace = "/workspaces/" + server.workspace("serials");
    server.post("alice", workspace + "/actions/lock", "{}");

    assertThat(inline(workspace, 5, "L", MD5, false)).isEqualTo(201);
    assertThat(inline(workspace, 5, "L", MD5, false)).isEqualTo(201);
    assertThat(inline(workspace, 5, "L", MD5.replace('0', '1'), false)).isEqualTo(409);
    assertThat(inline(workspace, 4, "L", MD5, false)).isEqualTo(409);
    assertThat(inline(workspace, 6, "M", MD5, false)).isEqualTo(409);
    assertThat(inline(workspace, 6, "M", MD5, true)).isEqualTo(201);
    Answer listed =
        server.get(
            "alice",
            "/state-versions?"
                + query("filter[organization][name]", "acme")
                + "&"
                + query("filter[workspace][name]", "serials"));
    assertThat(listed.json().at("/meta/pagination/total-count").asInt()).isEqualTo(3);
  }

  @Test
  void comes_back_under_the_next_serial() throws Exception {
    String workspace = "/workspaces/" + server.workspace("rollback");
    server.post("alice", workspace + "/actions/lock", "{}");
    inline(workspace, 1, "L", MD5, false);
    String first = server.get("alice", workspace + "/current-state-version").id();
    inline(workspace, 2, "L", MD5, false);

    Answer back = rollBack(workspace, first);

    assertThat(back.status()).isEqualTo(201);
    assertThat(back.attribute("serial").asInt()).isEqualTo(3);
    String bytes = atlas.objects().get(back.attribute("hosted-state-download-url").asText());
    assertThat(Json.SNAKE.readTree(bytes).path("serial").asInt()).isEqualTo(3);
    assertThat(back.related("rollback-state-version")).isEqualTo(first);
    String second = back.related("previous-state-version");
    assertThat(server.get("alice", "/state-versions/" + first).related("next-state-version"))
        .isEqualTo(second);
    assertThat(server.get("alice", "/state-versions/" + second).related("next-state-version"))
        .isEqualTo(back.id());
    assertThat(back.data().at("/relationships/next-state-version/data").isNull()).isTrue();
  }

  @Test
  void is_downloaded_the_way_that_its_reader_has_come() {
    String workspace = "/workspaces/" + server.workspace("inside");
    server.post("alice", workspace + "/actions/lock", "{}");
    inline(workspace, 1, "L", MD5, false);
    URI router = atlas.config().core().router();
    String path = "/api/v2" + workspace + "/current-state-version";

    Answer inside =
        server
            .caller("alice")
            .send("GET", path, "", Map.of("X-Forwarded-Host", router.getRawAuthority()));
    Answer outside =
        server.caller("alice").send("GET", path, "", Map.of("X-Forwarded-Host", "127.0.0.1:8443"));

    assertThat(inside.attribute("hosted-state-download-url").asText())
        .startsWith(router + "/_archivist/v1/object/");
    assertThat(outside.attribute("hosted-state-download-url").asText())
        .startsWith("https://127.0.0.1:8443/_archivist/v1/object/");
  }

  @Test
  void that_is_no_state_cannot_come_back() {
    String workspace = "/workspaces/" + server.workspace("no-state");
    server.post("alice", workspace + "/actions/lock", "{}");
    Answer pushed = push(workspace, 1);
    String half = "{\"version\":4,\"resources\":[" + "\"many\",".repeat(100_000);
    atlas.objects().put(pushed.attribute("hosted-state-upload-url").asText(), half);

    Answer back = rollBack(workspace, pushed.id());

    assertThat(back.status()).isEqualTo(409);
    assertThat(back.detail()).contains("cannot be rolled back to");
    assertThat(server.get("alice", workspace + "/current-state-version").id())
        .isEqualTo(pushed.id());
  }

  private Answer rollBack(String workspace, String to) {
    return server.send(
        "alice",
        "PATCH",
        workspace + "/state-versions",
        "{\"data\":{\"type\":\"state-versions\",\"relationships\":{"
            + "\"rollback-state-version\":{\"data\":{\"type\":\"state-versions\",\"id\":\""
            + to
            + "\"}}}}}");
  }

  @Test
  void is_written_by_the_run_that_holds_the_workspace() {
    String id = server.readyWorkspace("of-run");
    String run = startRun("run-a", id);
    startRun("run-b", server.readyWorkspace("of-other-run"));
    String states = "/workspaces/" + id + "/state-versions";
    String state = document("state-versions", "{\"serial\":1,\"md5\":\"" + MD5 + "\"}");

    Answer written = server.post("run-a", states, state);

    assertThat(written.status()).isEqualTo(201);
    assertThat(written.json().at("/data/relationships/run/data/id").asText()).isEqualTo(run);
    assertThat(server.post("run-b", states, state).status()).isEqualTo(404);
    assertThat(server.post("alice", states, state).status()).isEqualTo(409);
    assertThat(server.get("run-a", "/workspaces/" + id + "/vars").status()).isEqualTo(404);
  }

  @Test
  void is_written_by_nobody_but_the_holder_of_the_lock() {
    String workspace = "/workspaces/" + server.workspace("held");
    server.post("anna", workspace + "/actions/lock", "{}");

    Answer refused = push(workspace, 1);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.detail()).contains("locked by another");
  }

  private Answer push(String workspace, int serial) {
    return server.post(
        "alice",
        workspace + "/state-versions",
        document("state-versions", "{\"serial\":" + serial + ",\"md5\":\"" + STATE_MD5 + "\"}"));
  }

  private int inline(String workspace, int serial, String lineage, String md5, boolean force) {
    String state = "{\"version\":4,\"serial\":" + serial + ",\"lineage\":\"" + lineage + "\"}";
    String encoded = Base64.getEncoder().encodeToString(state.getBytes(StandardCharsets.UTF_8));
    String attributes =
        "{\"serial\":%d,\"lineage\":\"%s\",\"md5\":\"%s\",\"force\":%s,\"state\":\"%s\"}"
            .formatted(serial, lineage, md5, force, encoded);
    return server
        .post("alice", workspace + "/state-versions", document("state-versions", attributes))
        .status();
  }

  /// A run whose plan is at work; it calls as `name`.
  private String startRun(String name, String workspace) {
    Answer run = server.run(workspace, "{}");
    server.call(name, new MeshWorker(atlas).claim(run.related("plan")).build().runToken());
    return run.id();
  }

  private long jobsOf(String id) {
    return atlas
        .database()
        .read(db ->
            db.createQuery("SELECT count(*) FROM outbox WHERE argument::text LIKE :id")
                .bind("id", "%" + id + "%")
                .mapTo(Long.class)
                .one());
  }

  private void parse(String id) throws Exception {
    String parsed =
        """
        {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
         "resource_count":3,"resources":[],"modules":[],"providers":[],
         "outputs":[
           {"name":"open","sensitive":false,"type":"number","detailed_type":"number","value":7},
           {"name":"secret","sensitive":true,"type":"string","detailed_type":"string",
            "value":"hush"}]}
        """;
    atlas.parsed(id, Json.SNAKE.readValue(parsed, ParsedState.class));
  }
}
