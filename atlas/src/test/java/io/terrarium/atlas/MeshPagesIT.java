package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The mesh as people see it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeshPagesIT {
  private static final String DEAD = "/app/mesh/jobs/dead";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  @AutoClose private final Browser admin = new Browser(atlas.base());
  @AutoClose private final Browser alice = new Browser(atlas.base());
  @AutoClose private final Browser bob = new Browser(atlas.base());

  @BeforeAll
  void signIn() {
    admin.signIn("admin");
    alice.signIn("alice");
    bob.signIn("bob");
  }

  private void tell(String flow, String outcome, String facts) {
    String hops =
        """
        [{"v":1,"flow":"%s","traceparent":null,"step":1,"name":"enqueue the job","phase":"plan",
          "from":"atlas","to":"sidekiq-worker","medium":"redis","sent_at":"2026-01-02T03:04:05.000Z",
          "received_at":"2026-01-02T03:04:05.010Z","done_at":"2026-01-02T03:04:05.020Z","attempt":1,
          "outcome":"ok","bytes":0,"facts":{}},
         {"v":1,"flow":"%s","traceparent":null,"step":3,"name":"enqueue the plan","phase":"plan",
          "from":"build-manager","to":"build-worker","medium":"rabbitmq",
          "sent_at":"2026-01-02T03:04:06.000Z","received_at":"2026-01-02T03:04:06.010Z",
          "done_at":"2026-01-02T03:04:06.020Z","attempt":2,"outcome":"%s","bytes":17,"facts":%s}]
        """
            .formatted(flow, flow, outcome, facts);
    int status =
        atlas
            .mesh()
            .send("POST", InternalApi.HOPS, hops, Map.of("Content-Type", "application/json"))
            .status();
    assertThat(status).isEqualTo(204);
  }

  private void bury(String id) {
    String job =
        """
        {"class":"Webhooks::Handle","args":["whd-1"],"jid":"%s","queue":"vcs","retry":true,\
        "created_at":1767323045.5,"retry_count":24,"error_class":"HostFault",\
        "error_message":"The host <b>answers</b> 503."}\
        """
            .formatted(id);
    try (Redis redis = redis()) {
      redis.call(Command.of("ZADD", "dead", "1767323045.5", job));
    }
  }

  private List<String> waiting() {
    try (Redis redis = redis()) {
      return redis.call(Command.of("LRANGE", "queue:vcs", "0", "-1")).texts();
    }
  }

  private Redis redis() {
    return Redis.open(atlas.config().redis(), "test", Duration.ofSeconds(10));
  }

  @Nested
  class The_way_of_a_run {
    @Test
    void is_drawn_and_told_hop_by_hop() {
      Answer run = server.run(server.readyWorkspace("drawn"), "{}");
      tell(run.id(), "no <slot>", "{\"queue\":\"builds\"}");

      String page = alice.open("/app/mesh/flows/" + run.id()).text();

      assertThat(page)
          .contains(
              "<svg", "enqueue the job", "a queue in Redis", "no &lt;slot&gt;", "in attempt 2")
          .contains("17 bytes", "<dt>queue</dt><dd>builds</dd>")
          .contains("Takes one build after the other");
    }

    @Test
    void is_not_there_for_those_who_may_not_see_the_run() {
      Answer run = server.run(server.readyWorkspace("hidden"), "{}");

      assertThat(bob.open("/app/mesh/flows/" + run.id()).status()).isEqualTo(404);
      assertThat(bob.open("/app/live/hops/" + run.id()).status()).isEqualTo(404);
      assertThat(bob.open("/app/live/" + run.id()).status()).isEqualTo(404);
    }

    @Test
    void that_has_not_begun_says_so() {
      Answer configuration = server.configuration(server.workspace("waits"));

      assertThat(alice.open("/app/mesh/flows/" + configuration.id()).text())
          .contains("Nothing has moved yet");
    }
  }

  @Nested
  class The_map {
    @Test
    void shows_all_services_and_what_went_to_and_fro() {
      tell("run-of-nobody", "ok", "{}");

      String page = alice.open("/app/mesh").text();

      assertThat(page).contains("build-worker", "rabbitmq", "class=\"way thin");
      assertThat(page).contains("Queues plans and applies in RabbitMQ");
      assertThat(page).doesNotContain("run-of-nobody");
    }
  }

  @Nested
  class Nodes_and_jobs {
    @Test
    void are_for_site_admins() {
      for (String path : List.of("/app/mesh/nodes", "/app/mesh/jobs", DEAD)) {
        assertThat(alice.open(path).status()).as(path).isEqualTo(404);
        assertThat(admin.open(path).status()).as(path).isEqualTo(200);
      }
      assertThat(alice.submit(DEAD + "/x/delete", Map.of()).status()).isEqualTo(404);
      assertThat(alice.open("/app/mesh").text()).doesNotContain("/app/mesh/jobs");
    }

    @Test
    void show_a_dead_job_with_its_error_and_bring_it_back() {
      bury("5a6b7c8d9e0f5a6b7c8d9e0f");

      String page = admin.open(DEAD).text();
      admin.submit(DEAD + "/5a6b7c8d9e0f5a6b7c8d9e0f/retry", Map.of());

      assertThat(page).contains("Webhooks::Handle", "The host &lt;b&gt;answers&lt;/b&gt; 503.");
      assertThat(admin.open(DEAD).text())
          .contains("The job is back in its queue.")
          .doesNotContain("5a6b7c8d9e0f5a6b7c8d9e0f");
      assertThat(waiting()).anyMatch(job -> job.contains("5a6b7c8d9e0f5a6b7c8d9e0f"));
      assertThat(admin.submit(DEAD + "/5a6b7c8d9e0f5a6b7c8d9e0f/retry", Map.of()).status())
          .as("a second time it is not there")
          .isEqualTo(303);
    }

    @Test
    void forget_a_dead_job() {
      bury("aaaaaaaaaaaaaaaaaaaaaaaa");

      admin.submit(DEAD + "/aaaaaaaaaaaaaaaaaaaaaaaa/delete", Map.of());

      assertThat(admin.open(DEAD).text())
          .contains("The job is gone.")
          .doesNotContain("aaaaaaaaaaaaaaaaaaaaaaaa/delete");
    }
  }
}
