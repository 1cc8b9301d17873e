package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Workspaces of acme with states that Alice has pushed.
final class PushedStates {
  private static final String MD5 = "0123456789abcdef0123456789abcdef";

  private final AtlasFixture atlas;
  private final Tenants server;

  PushedStates(AtlasFixture atlas, Tenants server) {
    this.atlas = atlas;
    this.server = server;
  }

  /// A workspace that Alice holds, with two states.
  Pushed in(String name) {
    String id = server.workspace(name);
    server.post("alice", "/workspaces/" + id + "/actions/lock", "{}");
    return new Pushed(id, push(id, 1, "one"), push(id, 2, "two"));
  }

  record Pushed(String workspace, String first, String second) {}

  String push(String workspace, int serial, String size) {
    String state =
        """
        {"version":4,"serial":%d,"lineage":"L","outputs":{},"resources":[
          {"mode":"managed","type":"aws_instance","name":"only_%2$s","instances":[{"attributes":{}}]},
          {"mode":"managed","type":"aws_instance","name":"web","instances":[{"attributes":
            {"size":"<b>%2$s</b>","password":"hush %2$s","user_data":"shh %2$s"},
            "sensitive_attributes":[[{"type":"get_attr","value":"user_data"}]]}]}]}
        """
            .formatted(serial, size);
    return pushRaw(workspace, serial, state);
  }

  String pushRaw(String workspace, int serial, String state) {
    String encoded = Base64.getEncoder().encodeToString(state.getBytes(StandardCharsets.UTF_8));
    Answer pushed =
        server.post(
            "alice",
            "/workspaces/" + workspace + "/state-versions",
            document(
                "state-versions",
                "{\"serial\":%d,\"md5\":\"%s\",\"lineage\":\"L\",\"state\":\"%s\"}"
                    .formatted(serial, MD5, encoded)));
    assertThat(pushed.status()).as(pushed.text()).isEqualTo(201);
    return pushed.id();
  }

  void unlock(Pushed pushed) {
    server.post("alice", "/workspaces/" + pushed.workspace() + "/actions/unlock", "");
  }

  boolean isLocked(Pushed pushed) {
    return server.get("alice", "/workspaces/" + pushed.workspace()).attribute("locked").asBoolean();
  }

  long serial(Pushed pushed) {
    return server
        .get("alice", "/workspaces/" + pushed.workspace() + "/current-state-version")
        .attribute("serial")
        .asLong();
  }

  /// As sidekiq does with what the state parser has found.
  void parse(String state) {
    String parsed =
        """
        {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
         "resource_count":1,
         "modules":[{"name":"root","types":[{"type":"random_pet","count":1}]}],
         "providers":[{"name":"provider[\\"registry.terraform.io/hashicorp/random\\"]",
           "types":[{"type":"random_pet","count":1}]}],
         "resources":[{"mode":"managed","type":"random_pet","name":"<i>a</i>","module":"root",
           "count":1,"provider":"registry.terraform.io/hashicorp/random","instances":[]}],
         "outputs":[
           {"name":"open","sensitive":false,"type":"string","detailed_type":"string",
            "value":"<script>alert(7)</script>"},
           {"name":"secret","sensitive":true,"type":"string","detailed_type":"string",
            "value":"hush"}]}
        """;
    try {
      atlas.parsed(state, Json.SNAKE.readValue(parsed, ParsedState.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
