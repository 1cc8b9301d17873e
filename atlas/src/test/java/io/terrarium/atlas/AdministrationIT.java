package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.core.access.Principal;
import io.terrarium.core.token.NewToken;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What site admins see and do of organizations that they have no part in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdministrationIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  @BeforeAll
  void callGina() {
    newcomer("gina");
    own("gina", "ginas");
  }

  private String adminId() {
    return server.get("admin", "/account/details").id();
  }

  /// A person who belongs to nothing, and can call.
  private Principal.UserPrincipal newcomer(String name) {
    Principal.UserPrincipal person = atlas.person(name);
    server.call(
        name,
        atlas.tokens().createForUser(person, new NewToken("of the test", null)).clear().value());
    return person;
  }

  private void own(String owner, String name) {
    assertThat(
            server
                .post(
                    owner,
                    "/organizations",
                    document(
                        "organizations",
                        "{\"name\":\"%s\",\"email\":\"ops@example.com\"}".formatted(name)))
                .status())
        .isEqualTo(201);
  }

  private Answer act(String user, String action) {
    return server.post("admin", "/admin/users/" + user + "/actions/" + action, "");
  }

  private Answer organization(String name, String attributes) {
    return server.send(
        "admin", "PATCH", "/admin/organizations/" + name, document("organizations", attributes));
  }

  @Nested
  class People {
    @Test
    void are_listed_searched_and_counted() {
      String path = "/admin/users?include=organizations&" + query("q", "GINA@");

      Answer found = server.get("admin", path);

      Golden.assertSame("admin-users.json", found.withoutCounts());
      assertThat(found.count("total")).isGreaterThanOrEqualTo(4);
      assertThat(server.get("admin", "/admin/users?" + query("filter[admin]", "true")).ids())
          .contains(adminId())
          .doesNotContain(server.id("alice"));
      assertThat(server.get("admin", "/admin/users?" + query("filter[admin]", "maybe")).status())
          .isEqualTo(400);
      assertThat(server.get("admin", "/admin/users?include=teams").status()).isEqualTo(400);
    }

    @Test
    void are_shut_out_while_they_are_suspended() {
      String carl = newcomer("carl").id().value();
      assertThat(server.get("carl", "/account/details").status()).isEqualTo(200);

      Answer suspended = act(carl, "suspend");

      assertThat(suspended.attribute("is-suspended").asBoolean()).isTrue();
      assertThat(server.get("carl", "/account/details").status()).isEqualTo(401);
      assertThat(act(carl, "suspend").status()).isEqualTo(400);
      assertThat(server.get("admin", "/admin/users?" + query("filter[suspended]", "true")).ids())
          .containsExactly(carl);
      assertThat(act(carl, "unsuspend").attribute("is-suspended").asBoolean()).isFalse();
      assertThat(act(carl, "unsuspend").status()).isEqualTo(400);
      assertThat(server.get("carl", "/account/details").status()).isEqualTo(200);
    }

    @Test
    void become_admins_and_are_it_no_more() {
      String dora = newcomer("dora").id().value();
      assertThat(server.get("dora", "/admin/users").status()).isEqualTo(404);

      assertThat(act(dora, "grant_admin").attribute("is-admin").asBoolean()).isTrue();

      assertThat(server.get("dora", "/admin/users").status()).isEqualTo(200);
      assertThat(act(dora, "grant_admin").status()).isEqualTo(400);
      assertThat(act(dora, "revoke_admin").attribute("is-admin").asBoolean()).isFalse();
      assertThat(act(dora, "revoke_admin").status()).isEqualTo(400);
      assertThat(server.get("dora", "/admin/users").status()).isEqualTo(404);
    }

    @Test
    void never_lose_their_last_admin() {
      for (Answer refused :
          List.of(
              act(adminId(), "suspend"),
              act(adminId(), "revoke_admin"),
              server.send("admin", "DELETE", "/admin/users/" + adminId(), ""))) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.detail()).contains("only administrator");
      }
    }

    @Test
    void are_deleted_unless_an_organization_would_be_nobodys() {
      String emil = newcomer("emil").id().value();
      assertThat(act(emil, "disable_two_factor").status()).isEqualTo(400);

      Answer owner = server.send("admin", "DELETE", "/admin/users/" + server.id("bob"), "");
      int free = server.send("admin", "DELETE", "/admin/users/" + emil, "").status();

      assertThat(owner.status()).isEqualTo(422);
      assertThat(owner.detail()).contains("beta");
      assertThat(free).isEqualTo(204);
      assertThat(server.get("emil", "/account/details").status()).isEqualTo(401);
      assertThat(act(emil, "suspend").status()).isEqualTo(404);
    }

    @Test
    void leave_behind_what_they_have_done() {
      String flora = newcomer("flora").id().value();
      server.join("flora", server.owners());
      String workspace = server.readyWorkspace("of-flora");
      Answer run = server.post("flora", "/runs", Tenants.runOf(workspace, "{}"));

      int deleted = server.send("admin", "DELETE", "/admin/users/" + flora, "").status();

      assertThat(run.related("created-by")).isEqualTo(flora);
      assertThat(deleted).isEqualTo(204);
      Answer left = server.get("alice", "/runs/" + run.id());
      assertThat(left.status()).isEqualTo(200);
      assertThat(left.related("created-by")).isEmpty();
    }
  }

  @Nested
  class Organizations {
    @Test
    void are_listed_shown_and_counted() {
      Answer found =
          server.get("admin", "/admin/organizations?include=owners&" + query("q", "gina"));

      Golden.assertSame("admin-organizations.json", found.withoutCounts());
      assertThat(server.get("admin", "/admin/organizations/ginas").data())
          .isEqualTo(found.json().at("/data/0"));
      assertThat(found.count("total")).isGreaterThanOrEqualTo(2);
      assertThat(server.get("admin", "/admin/organizations?" + query("q[name]", "acm")).ids())
          .containsExactly("acme");
      assertThat(server.get("admin", "/admin/organizations/none").status()).isEqualTo(404);
    }

    @Test
    void are_inaccessible_while_they_are_disabled() {
      own("bob", "dark");
      String workspace = workspaceOf("bob", "dark", "inside");
      assertThat(server.get("bob", "/workspaces/" + workspace).status()).isEqualTo(200);

      Answer disabled = organization("dark", "{\"is-disabled\":true}");

      assertThat(disabled.attribute("is-disabled").asBoolean()).isTrue();
      assertThat(server.get("bob", "/organizations/dark").status()).isEqualTo(404);
      assertThat(server.get("bob", "/workspaces/" + workspace).status()).isEqualTo(404);
      assertThat(server.get("bob", "/organizations").ids()).doesNotContain("dark");
      assertThat(server.get("admin", "/admin/workspaces/" + workspace).status()).isEqualTo(200);
      organization("dark", "{\"is-disabled\":false}");
      assertThat(server.get("bob", "/workspaces/" + workspace).status()).isEqualTo(200);
    }

    @Test
    void have_limits_of_their_own() {
      own("bob", "small");
      Answer limited =
          organization("small", "{\"workspace-limit\":1,\"global-module-sharing\":true}");

      workspaceOf("bob", "small", "first");
      Answer second =
          server.post(
              "bob",
              "/organizations/small/workspaces",
              document("workspaces", "{\"name\":\"second\"}"));

      assertThat(limited.attribute("workspace-limit").asInt()).isEqualTo(1);
      assertThat(second.status()).isEqualTo(422);
      assertThat(
              server
                  .get("bob", "/organizations/small")
                  .attribute("global-module-sharing")
                  .asBoolean())
          .isTrue();
      organization("small", "{\"workspace-limit\":0}");
      workspaceOf("bob", "small", "second");
    }

    @Test
    void have_time_limits_that_reach_the_builds() {
      Answer changed = organization("acme", "{\"plan-timeout\":\"7m\"}");
      Answer run = server.run(server.readyWorkspace("timed"), "{\"auto-apply\":true}");

      MeshWorker.Held plan = worker.claim(run.related("plan"));
      worker.finishPlan(plan, new Changes(1, 0, 0, 0));
      MeshWorker.Held apply = worker.claim(run.related("apply"));

      assertThat(changed.attribute("terraform-build-worker-plan-timeout").asText()).isEqualTo("7m");
      assertThat(plan.build().timeoutSeconds()).isEqualTo(7 * 60);
      assertThat(apply.build().timeoutSeconds()).isEqualTo(24 * 3600);
      assertThat(organization("acme", "{\"plan-timeout\":null}").attribute("plan-timeout").isNull())
          .isTrue();
    }

    @Test
    void refuse_what_makes_no_sense() {
      Answer refused =
          organization(
              "acme",
              "{\"plan-timeout\":\"soon\",\"workspace-limit\":-1,"
                  + "\"terraform-worker-sudo-enabled\":true}");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.pointers())
          .containsExactlyInAnyOrder(
              "/data/attributes/plan-timeout",
              "/data/attributes/workspace-limit",
              "/data/attributes/terraform-worker-sudo-enabled");
    }

    @Test
    void are_deleted_with_all_that_is_in_them() {
      own("bob", "brief");
      String workspace = workspaceOf("bob", "brief", "inside");

      int deleted = server.send("admin", "DELETE", "/admin/organizations/brief", "").status();

      assertThat(deleted).isEqualTo(204);
      assertThat(server.get("admin", "/admin/workspaces/" + workspace).status()).isEqualTo(404);
      assertThat(server.send("admin", "DELETE", "/admin/organizations/brief", "").status())
          .isEqualTo(404);
    }

    private String workspaceOf(String owner, String organization, String name) {
      Answer made =
          server.post(
              owner,
              "/organizations/" + organization + "/workspaces",
              document("workspaces", "{\"name\":\"" + name + "\"}"));
      assertThat(made.status()).as(made.text()).isEqualTo(201);
      return made.id();
    }
  }
}
