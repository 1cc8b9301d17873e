package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The labs of a mesh whose control does not answer; what they do where it does is tried in a whole
/// mesh.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabPagesIT {
  private static final String LABS = "/app/mesh/labs";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  @AutoClose private final Browser admin = new Browser(atlas.base());
  @AutoClose private final Browser alice = new Browser(atlas.base());

  @BeforeAll
  void signIn() {
    new Tenants(atlas);
    admin.signIn("admin");
    alice.signIn("alice");
  }

  @Test
  void are_for_site_admins_alone() {
    assertThat(admin.open("/app/mesh/nodes").text()).contains(LABS);
    assertThat(alice.open("/app/mesh").text()).doesNotContain(LABS);
    assertThat(alice.open(LABS).status()).isEqualTo(404);
    assertThat(alice.open(LABS + "/stop-redis").status()).isEqualTo(404);
    for (String change :
        List.of("/stop-redis/begin", "/stop-redis/steps/0/do", "/parts/redis/stop")) {
      assertThat(alice.submit(LABS + change, Map.of()).status()).as(change).isEqualTo(404);
    }
  }

  @Test
  void say_so_when_the_control_is_away() {
    Answer page = admin.open(LABS);

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.text()).contains("Away for a moment", "Try again in a moment");
  }

  @Test
  void begin_before_anything_is_done() {
    assertThat(admin.submit(LABS + "/nothing/begin", Map.of()).status()).isEqualTo(404);
    assertThat(admin.submit(LABS + "/stop-redis/steps/99/do", Map.of()).status()).isEqualTo(404);
    assertThat(admin.submit(LABS + "/stop-redis/steps/1/do", Map.of()).status()).isEqualTo(404);
    assertThat(admin.submit(LABS + "/stop-redis/steps/0/do", Map.of()).status()).isEqualTo(409);
  }
}
