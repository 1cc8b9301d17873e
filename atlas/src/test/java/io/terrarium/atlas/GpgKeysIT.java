package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The keys that sign providers, as they are managed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GpgKeysIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final Publishing publishing = new Publishing(server);
  private Answer key;

  @BeforeAll
  void addKey() {
    key = publishing.key();
    server.team("members", "");
    server.team("publishers", ",\"organization-access\":{\"manage-providers\":true}");
  }

  @Nested
  class A_key {
    private static final String PATH = "/acme/" + Publishing.KEY_ID;

    @Test
    void is_the_same_when_added_read_and_listed() {
      assertThat(key.status()).as(key.text()).isEqualTo(201);
      Golden.assertSame("gpg-key.json", key.json());
      assertThat(publishing.keys("alice", "GET", PATH, "").json()).isEqualTo(key.json());
      assertThat(publishing.keys("alice", "GET", PATH.toLowerCase(Locale.ROOT), "").json())
          .isEqualTo(key.json());
      assertThat(publishing.keys("alice", "GET", "?filter%5Bnamespace%5D=acme", "").data())
          .containsExactly(key.data());
      assertThat(publishing.keys("alice", "GET", "", "").status()).isEqualTo(400);
      assertThat(publishing.keys("alice", "GET", "?filter%5Bnamespace%5D=acme,beta", "").status())
          .isEqualTo(404);
    }

    @Test
    void is_refused_with_what_is_wrong_with_it() {
      assertThat(detail("private")).contains("is a private key");
      assertThat(detail("encrypts")).contains("no key that can sign");
      assertThat(detail("two")).contains("more than one key");
      assertThat(detail("public")).contains("has the key " + Publishing.KEY_ID + " already");
      assertThat(publishing.key("alice", "acme", "no key").pointers())
          .containsExactly("/data/attributes/ascii-armor");
      assertThat(
              publishing
                  .key("alice", "acme", Publishing.armored("public").substring(0, 200))
                  .pointers())
          .containsExactly("/data/attributes/ascii-armor");
      assertThat(publishing.key("alice", "acme", "").pointers())
          .containsExactly("/data/attributes/ascii-armor");
      assertThat(publishing.key("alice", "", "x").pointers())
          .containsExactly("/data/attributes/namespace");
    }

    private String detail(String file) {
      Answer refused = publishing.key("alice", "acme", Publishing.armored(file));
      assertThat(refused.pointers()).containsExactly("/data/attributes/ascii-armor");
      return refused.json().at("/errors/0/detail").asText();
    }

    @Test
    void is_added_by_who_may_manage_providers() {
      assertThat(publishing.key("members", "acme", "x").status()).isEqualTo(404);
      assertThat(publishing.key("bob", "acme", "x").status()).isEqualTo(404);
      assertThat(publishing.key("publishers", "acme", "x").status()).isEqualTo(422);
      assertThat(publishing.keys("members", "GET", PATH, "").status()).isEqualTo(200);
      assertThat(publishing.keys("bob", "GET", PATH, "").status()).isEqualTo(404);
    }

    @Test
    void goes_to_another_organization_of_the_same_person_and_is_deleted_there() {
      server.post(
          "alice",
          "/organizations",
          document("organizations", "{\"name\":\"acme-two\",\"email\":\"ops@example.com\"}"));
      publishing.key("alice", "acme-two", Publishing.armored("public"));
      String path = "/acme-two/" + Publishing.KEY_ID;

      Answer taken = publishing.keys("alice", "PATCH", path, "{\"namespace\":\"acme\"}");
      Answer stranger = publishing.keys("alice", "PATCH", path, "{\"namespace\":\"beta\"}");
      Answer same = publishing.keys("alice", "PATCH", path, "{\"namespace\":\"acme-two\"}");
      Answer gone = publishing.keys("alice", "DELETE", path, "");

      assertThat(taken.pointers()).containsExactly("/data/attributes/namespace");
      assertThat(stranger.text()).contains("namespace not authorized");
      assertThat(same.status()).isEqualTo(201);
      assertThat(gone.status()).isEqualTo(201);
      assertThat(publishing.keys("alice", "GET", path, "").status()).isEqualTo(404);
    }

    @Test
    void that_versions_are_signed_with_stays() {
      publishing.provider("signed");
      publishing.version("signed", "1.0.0");

      Answer refused = publishing.keys("alice", "DELETE", PATH, "");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text()).contains("delete them first");
    }
  }
}
