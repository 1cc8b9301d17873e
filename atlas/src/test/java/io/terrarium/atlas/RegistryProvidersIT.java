package io.terrarium.atlas;

import static io.terrarium.atlas.Publishing.one;
import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Providers as they are managed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryProvidersIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Publishing publishing = new Publishing(server);

  @BeforeAll
  void addKey() {
    publishing.key();
    server.team("members", "");
    server.team("publishers", ",\"organization-access\":{\"manage-providers\":true}");
  }

  private Answer get(String path) {
    return server.get("alice", path);
  }

  private int delete(String caller, String path) {
    return server.send(caller, "DELETE", path, "").status();
  }

  private int upload(Answer created, String link, String text) {
    return atlas.objects().put(created.data().at("/links/" + link).asText(), text);
  }

  @Nested
  class A_provider {
    @Test
    void is_the_same_when_created_read_and_listed() {
      Answer created = publishing.provider("same");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("registry-provider.json", created.json());
      assertThat(get(one("same")).json()).isEqualTo(created.json());
      assertThat(get(Publishing.PROVIDERS + "?q=sam&filter%5Bregistry_name%5D=private").data())
          .containsExactly(created.data());
      assertThat(get(Publishing.PROVIDERS + "?q=nothing").data()).isEmpty();
    }

    @Test
    void comes_with_its_versions() {
      publishing.provider("included");
      Answer version = publishing.version("included", "1.0.0");

      Answer found = get(one("included") + "?include=registry-provider-versions");

      assertThat(found.json().path("included")).hasSize(1);
      assertThat(found.json().at("/included/0/id").asText()).isEqualTo(version.id());
      assertThat(found.data().at("/relationships/registry-provider-versions/data/0/id").asText())
          .isEqualTo(version.id());
      assertThat(get(one("included") + "?include=nothing").status()).isEqualTo(400);
    }

    @Test
    void is_refused_with_what_is_wrong_with_it() {
      publishing.provider("taken");

      for (String name :
          new String[] {"taken", "", "-a", "A", "a--b", "a".repeat(65), "terraform-x"}) {
        assertThat(publishing.provider(name).pointers())
            .as(name)
            .containsExactly("/data/attributes/name");
      }
      assertThat(
              server
                  .post(
                      "alice",
                      Publishing.PROVIDERS,
                      document(
                          "registry-providers",
                          "{\"name\":\"a\",\"namespace\":\"x\",\"registry-name\":\"public\"}"))
                  .pointers())
          .containsExactly("/data/attributes/namespace", "/data/attributes/registry-name");
      assertThat(get(Publishing.PROVIDERS + "/public/acme/taken").status()).isEqualTo(404);
    }

    @Test
    void is_read_by_members_and_changed_by_who_may_manage_providers() {
      publishing.provider("guarded");

      assertThat(server.get("members", one("guarded")).status()).isEqualTo(200);
      assertThat(
              server
                  .get("members", one("guarded"))
                  .data()
                  .at("/attributes/permissions/can-delete")
                  .asBoolean())
          .isFalse();
      assertThat(server.get("bob", one("guarded")).status()).isEqualTo(404);
      assertThat(delete("members", one("guarded"))).isEqualTo(404);
      assertThat(delete("publishers", one("guarded"))).isEqualTo(204);
      assertThat(get(one("guarded")).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_version {
    @Test
    void tells_what_is_uploaded_and_what_is_not() {
      publishing.provider("whole");
      Answer created = publishing.version("whole", "1.0.0");
      Answer platform = publishing.platform("whole", "1.0.0", "linux", "zip");

      int[] answers = {
        upload(created, "shasums-upload", "sums"),
        upload(created, "shasums-sig-upload", "signature"),
        upload(platform, "provider-binary-upload", "zip")
      };
      Answer read = get(one("whole") + "/versions/1.0.0");
      Answer packed = get(one("whole") + "/versions/1.0.0/platforms/linux/amd64");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(platform.status()).as(platform.text()).isEqualTo(201);
      Golden.assertSame("registry-provider-version.json", created.json());
      Golden.assertSame("registry-provider-platform.json", platform.json());
      assertThat(answers).containsOnly(200);
      assertThat(read.attribute("shasums-uploaded").asBoolean()).isTrue();
      assertThat(read.attribute("shasums-sig-uploaded").asBoolean()).isTrue();
      assertThat(read.data().at("/links/shasums-upload").isMissingNode()).isTrue();
      assertThat(atlas.objects().get(read.data().at("/links/shasums-download").asText()))
          .isEqualTo("sums");
      assertThat(atlas.objects().get(read.data().at("/links/shasums-sig-download").asText()))
          .isEqualTo("signature");
      assertThat(packed.attribute("provider-binary-uploaded").asBoolean()).isTrue();
      assertThat(atlas.objects().get(packed.data().at("/links/provider-binary-download").asText()))
          .isEqualTo("zip");
      assertThat(get(one("whole") + "/versions").ids()).containsExactly(created.id());
      assertThat(get(one("whole") + "/versions/1.0.0/platforms").ids())
          .containsExactly(platform.id());
    }

    @Test
    void takes_the_same_upload_twice_and_no_other() {
      publishing.provider("twice");
      Answer version = publishing.version("twice", "1.0.0");
      Answer platform = publishing.platform("twice", "1.0.0", "linux", "zip");

      assertThat(upload(version, "shasums-upload", "sums")).isEqualTo(200);
      assertThat(upload(version, "shasums-upload", "sums")).isEqualTo(200);
      assertThat(upload(version, "shasums-upload", "other")).isEqualTo(409);
      assertThat(upload(platform, "provider-binary-upload", "other")).isEqualTo(409);
      assertThat(upload(platform, "provider-binary-upload", "zip")).isEqualTo(200);
      assertThat(upload(platform, "provider-binary-upload", "zip")).isEqualTo(200);
    }

    @Test
    void is_refused_with_what_is_wrong_with_it() {
      publishing.provider("numbered");
      publishing.version("numbered", "1.0.0");

      assertThat(publishing.version("numbered", "1.0.0").pointers())
          .containsExactly("/data/attributes/version");
      assertThat(versionOf("{\"version\":\"v1\"}").pointers())
          .containsExactly(
              "/data/attributes/version", "/data/attributes/key-id", "/data/attributes/protocols");
      assertThat(
              versionOf(
                      "{\"version\":\"2.0.0\",\"key-id\":\"0000000000000000\",\"protocols\":[\"5.0\"]}")
                  .pointers())
          .containsExactly("/data/attributes/key-id");
    }

    private Answer versionOf(String attributes) {
      return server.post(
          "alice",
          one("numbered") + "/versions",
          document("registry-provider-versions", attributes));
    }

    @Test
    void goes_with_what_was_uploaded() {
      publishing.provider("short");
      publishing.version("short", "1.0.0");
      publishing.version("short", "1.1.0");

      assertThat(delete("members", one("short") + "/versions/1.0.0")).isEqualTo(404);
      assertThat(delete("alice", one("short") + "/versions/1.0.0")).isEqualTo(204);
      assertThat(delete("alice", one("short") + "/versions/1.0.0")).isEqualTo(404);
      assertThat(get(one("short") + "/versions").data()).hasSize(1);
    }
  }

  @Nested
  class A_platform {
    @Test
    void is_refused_with_what_is_wrong_with_it() {
      publishing.provider("platforms");
      publishing.version("platforms", "1.0.0");
      publishing.platform("platforms", "1.0.0", "linux", "zip");

      assertThat(publishing.platform("platforms", "1.0.0", "linux", "zip").pointers())
          .containsExactly("/data/attributes/os");
      assertThat(
              server
                  .post(
                      "alice",
                      one("platforms") + "/versions/1.0.0/platforms",
                      document(
                          "registry-provider-platforms",
                          "{\"os\":\"a/b\",\"shasum\":\"1\",\"filename\":\"../x\"}"))
                  .pointers())
          .containsExactly(
              "/data/attributes/os",
              "/data/attributes/arch",
              "/data/attributes/shasum",
              "/data/attributes/filename");
    }

    @Test
    void is_deleted_by_itself() {
      publishing.provider("single");
      publishing.version("single", "1.0.0");
      publishing.platform("single", "1.0.0", "linux", "zip");
      String path = one("single") + "/versions/1.0.0/platforms";

      assertThat(delete("members", path + "/linux/amd64")).isEqualTo(404);
      assertThat(delete("alice", path + "/linux/amd64")).isEqualTo(204);
      assertThat(delete("alice", path + "/linux/amd64")).isEqualTo(404);
      assertThat(get(path).data()).isEmpty();
    }
  }
}
