package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrganizationsIT {
  private static final String ALL = "/api/v2/organizations";
  private static final String ACME = ALL + "/acme";

  private AtlasFixture atlas;
  private Answer acme;

  @BeforeEach
  void start() {
    atlas = AtlasFixture.start();
    acme = create("acme");
  }

  @AfterEach
  void stop() {
    atlas.close();
  }

  @Nested
  class An_organization {
    @Test
    void is_the_same_document_when_made_shown_and_listed() {
      Golden.assertSame("organization.json", acme.json());
      assertThat(acme.status()).isEqualTo(201);
      assertThat(atlas.admin().get(ACME).json()).isEqualTo(acme.json());
      assertThat(atlas.admin().get(ALL).json().at("/data/0")).isEqualTo(acme.data());
    }

    @Test
    void says_what_it_is_entitled_to() {
      Golden.assertSame(
          "entitlement-set.json", atlas.admin().get(ACME + "/entitlement-set").json());
    }

    @Test
    void needs_a_name_and_an_address() {
      Answer answer = atlas.admin().post(ALL, "organizations", Map.of());

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.json().path("errors").findValuesAsText("pointer"))
          .containsExactly("/data/attributes/name", "/data/attributes/email");
    }

    @Test
    void has_its_name_alone_whatever_the_case() {
      Answer answer = create("ACME");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.pointer()).isEqualTo("/data/attributes/name");
    }

    @Test
    void can_be_renamed() {
      Answer renamed = atlas.admin().patch(ACME, "organizations", Map.of("name", "umbrella"));

      assertThat(renamed.id()).isEqualTo("umbrella");
      assertThat(renamed.attributes().path("external-id"))
          .isEqualTo(acme.attributes().path("external-id"));
      assertThat(atlas.admin().get(ACME).status()).isEqualTo(404);
      assertThat(atlas.admin().get(ALL + "/umbrella").status()).isEqualTo(200);
    }

    @Test
    void clears_what_is_set_to_null_and_keeps_what_is_left_out() {
      Map<String, Integer> cleared = new HashMap<>();
      cleared.put("session-timeout", null);
      atlas
          .admin()
          .patch(ACME, "organizations", Map.of("session-timeout", 60, "session-remember", 90));

      Answer answer = atlas.admin().patch(ACME, "organizations", cleared);

      assertThat(answer.attributes().path("session-timeout").isNull()).isTrue();
      assertThat(answer.attributes().path("session-remember").asInt()).isEqualTo(90);
    }

    @Test
    void goes_with_all_that_is_in_it() {
      atlas.admin().post(ACME + "/projects", "projects", Map.of("name", "network"));

      Answer deleted = atlas.admin().delete(ACME);

      assertThat(deleted.status()).isEqualTo(204);
      assertThat(atlas.admin().get(ACME).status()).isEqualTo(404);
      assertThat(create("acme").status()).isEqualTo(201);
    }

    @Test
    void is_found_by_a_part_of_its_name() {
      create("umbrella");

      Answer answer = atlas.admin().get(ALL + "?q=umb");

      assertThat(answer.json().findValuesAsText("external-id")).hasSize(1);
      assertThat(answer.json().at("/meta/pagination/total-count").asInt()).isEqualTo(1);
    }

    @Test
    void comes_in_a_list_with_what_is_asked_for() {
      Answer listed = atlas.admin().get(ALL + "?include=subscription,entitlement_set");

      assertThat(listed.json().at("/included/0/type").asText()).isEqualTo("entitlement-sets");
      assertThat(atlas.admin().get(ALL + "?include=pets").status()).isEqualTo(400);
    }

    @Test
    void of_others_is_not_there() {
      atlas.database().useTransaction(db -> db.execute("DELETE FROM organization_memberships"));

      assertThat(atlas.admin().get(ACME).status()).isEqualTo(404);
      assertThat(atlas.admin().delete(ACME).status()).isEqualTo(404);
      assertThat(atlas.admin().get(ALL).json().at("/data").size()).isZero();
    }

    @Test
    void is_made_by_site_admins_only_while_that_is_set() {
      atlas.database().useTransaction(db -> db.execute("UPDATE users SET is_site_admin = false"));
      atlas.clock().advance(java.time.Duration.ofSeconds(6));

      Answer refused = create("umbrella");
      atlas
          .database()
          .useTransaction(db ->
              db.execute("UPDATE general_settings SET limit_user_organization_creation = false"));
      atlas.clock().advance(java.time.Duration.ofSeconds(2));
      Answer allowed = create("umbrella");

      assertThat(refused.status()).isEqualTo(404);
      assertThat(allowed.status()).isEqualTo(201);
    }
  }

  @Nested
  class The_organizations_token {
    private static final String TOKEN = ACME + "/authentication-token";

    @Test
    void configures_but_does_not_own() {
      ApiClient organization = atlas.as(clear(replace()));

      assertThat(organization.get(ACME).status()).isEqualTo(200);
      assertThat(
              organization.post(ACME + "/projects", "projects", Map.of("name", "network")).status())
          .isEqualTo(201);
      assertThat(organization.delete(ACME).status()).isEqualTo(404);
      assertThat(organization.get(TOKEN).status()).isEqualTo(404);
      assertThat(organization.get("/api/v2/account/details").status()).isEqualTo(200);
    }

    @Test
    void dies_when_it_is_replaced_or_deleted() {
      String first = clear(replace());
      String second = clear(replace());

      assertThat(atlas.as(first).get(ACME).status()).isEqualTo(401);
      assertThat(atlas.as(second).get(ACME).status()).isEqualTo(200);
      assertThat(atlas.admin().delete(TOKEN).status()).isEqualTo(204);
      assertThat(atlas.as(second).get(ACME).status()).isEqualTo(401);
      assertThat(atlas.admin().get(TOKEN).status()).isEqualTo(404);
    }

    @Test
    void is_not_the_one_for_audit_trails() {
      String token = clear(replace());

      assertThat(atlas.admin().get(TOKEN + "?token=audit-trails").status()).isEqualTo(404);
      assertThat(atlas.admin().send("POST", TOKEN + "?token=audit-trails", "", Map.of()).status())
          .isEqualTo(404);
      assertThat(atlas.admin().delete(TOKEN + "?token=audit-trails").status()).isEqualTo(404);
      assertThat(atlas.as(token).get(ACME).status()).isEqualTo(200);
    }

    private Answer replace() {
      return atlas.admin().send("POST", TOKEN, "", Map.of());
    }

    private String clear(Answer answer) {
      return answer.attributes().path("token").asText();
    }
  }

  @Nested
  class A_project {
    private static final String PROJECTS = ACME + "/projects";

    @Test
    void is_the_same_document_when_made_and_shown() {
      Answer created = project("network");

      assertThat(created.status()).isEqualTo(201);
      Golden.assertSame("project.json", created.json());
      assertThat(atlas.admin().get("/api/v2/projects/" + created.id()).json())
          .isEqualTo(created.json());
    }

    @Test
    void is_there_from_the_start_and_cannot_be_deleted() {
      Answer all = atlas.admin().get(PROJECTS);
      String id = all.json().at("/data/0/id").asText();

      Golden.assertSame("projects.json", all.json());
      assertThat(atlas.admin().delete("/api/v2/projects/" + id).status()).isEqualTo(403);
    }

    @Test
    void is_found_by_its_name() {
      String id = project("network").id();

      Answer answer = atlas.admin().get(PROJECTS + "?filter%5Bnames%5D=network,other");

      assertThat(answer.json().at("/data").size()).isEqualTo(1);
      assertThat(answer.json().at("/data/0/id").asText()).isEqualTo(id);
    }

    @Test
    void has_its_name_alone_in_the_organization() {
      project("network");

      assertThat(project("Network").status()).isEqualTo(422);
      assertThat(project("no").pointer()).isEqualTo("/data/attributes/name");
    }

    @Test
    void changes_and_goes() {
      String path = "/api/v2/projects/" + project("network").id();

      Answer changed =
          atlas.admin().patch(path, "projects", Map.of("name", "net", "description", "cables"));
      int deleted = atlas.admin().delete(path).status();

      assertThat(changed.attributes().path("name").asText()).isEqualTo("net");
      assertThat(changed.attributes().path("description").asText()).isEqualTo("cables");
      assertThat(deleted).isEqualTo(204);
      assertThat(atlas.admin().get(path).status()).isEqualTo(404);
    }

    private Answer project(String name) {
      return atlas.admin().post(PROJECTS, "projects", Map.of("name", name));
    }
  }

  private Answer create(String name) {
    return atlas
        .admin()
        .post(
            "/api/v2/organizations",
            "organizations",
            Map.of("name", name, "email", "ops@example.com"));
  }
}
