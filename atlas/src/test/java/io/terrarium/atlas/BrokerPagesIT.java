package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.buildmanager.BuildManager;
import io.terrarium.buildmanager.BuildManagerConfig;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.FreePorts;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The broker as people see it, first as it is, then away.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrokerPagesIT {
  private static final String PAGE = "/app/mesh/broker";
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final Platform platform = Platform.start();
  private DataDirectory data;
  private EmbeddedBroker server;
  private Service buildManager;
  private AtlasFixture atlas;
  private Browser admin;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = DataDirectory.open(directory.resolve("data"));
    server = EmbeddedBroker.start(data);
    buildManager =
        BuildManager.start(
            new BuildManagerConfig(
                HttpAddress.loopback(0),
                amqp(),
                URI.create("http://127.0.0.1:" + FreePorts.any()),
                Neighbours.INTERNAL_TOKEN),
            platform);
    atlas =
        AtlasFixture.startBesideBuildManager(URI.create("http://127.0.0.1:" + buildManager.port()));
    admin = Browser.signedIn(atlas, "admin");
  }

  @AfterAll
  void stop() {
    admin.close();
    atlas.close();
    buildManager.close();
    server.close();
    data.close();
    platform.close();
  }

  private AmqpConfig amqp() {
    return new AmqpConfig(
        server.host(),
        server.port(),
        server.username(),
        server.password(),
        EmbeddedBroker.VIRTUAL_HOST,
        false);
  }

  private void leave(String exchange, String queue) {
    try (Broker broker =
        Broker.open(amqp(), "test", BuildTopology.declaration(), platform.clock(), LONGEST)) {
      broker.publish(
          exchange,
          queue,
          AmqpMessage.json("{}".getBytes(StandardCharsets.UTF_8), "build_command", "m"));
    }
  }

  /// The cells of the queue's row.
  private static String row(String page, String queue) {
    int at = page.indexOf("<code>" + queue + "</code>");
    assertThat(at).as(page).isPositive();
    return page.substring(at, page.indexOf("</tr>", at));
  }

  @Test
  @Order(1)
  void shows_what_waits_where_who_takes_it_and_what_leads_there() {
    leave(BuildTopology.EXCHANGE, BuildTopology.PLAN_QUEUE);
    leave(BuildTopology.EXCHANGE, BuildTopology.PLAN_QUEUE);
    leave("", BuildTopology.DEAD_LETTER_QUEUE);
    Eventually.until(
        "build-manager among the consumers",
        () ->
            row(admin.open(PAGE).text(), BuildTopology.EVENT_QUEUE)
                .contains("<td class=\"number\">1</td>"));

    String page = admin.open(PAGE).text();
    String piece = admin.open(PAGE, Map.of("HX-Request", "true")).text();

    for (String queue : BuildTopology.declaration().queues()) {
      row(page, queue);
    }
    assertThat(row(page, BuildTopology.PLAN_QUEUE))
        .contains("<td class=\"number\">2</td>", "<td class=\"number\">0</td>");
    assertThat(row(page, BuildTopology.DEAD_LETTER_QUEUE)).contains("1 to look at", "x-reason");
    assertThat(row(page, BuildTopology.CANCEL_EXCHANGE)).contains("fanout", "each build worker");
    assertThat(row(page, BuildTopology.EXCHANGE)).contains("direct", BuildTopology.APPLY_QUEUE);
    assertThat(page).contains("in hand among those that are ready", "data-live=\"/app/mesh/live\"");
    assertThat(piece).contains(BuildTopology.PLAN_QUEUE).doesNotContain("<html", "<h1");
  }

  @Test
  @Order(2)
  void stands_on_the_map_and_beside_it() {
    String page = admin.open("/app/mesh").text();

    assertThat(page)
        .contains("2 messages wait, 1 dead")
        .contains("<a href=\"/app/mesh/broker\">rabbitmq</a>")
        .contains("<a href=\"/app/mesh/broker\">Broker</a>");
  }

  @Test
  @Order(3)
  void is_for_site_admins() {
    atlas.person("carol");
    try (Browser carol = Browser.signedIn(atlas, "carol")) {
      assertThat(carol.open(PAGE).status()).isEqualTo(404);
      assertThat(carol.open("/app/mesh").text())
          .contains("messages wait")
          .doesNotContain("/app/mesh/broker");
    }
  }

  @Test
  @Order(4)
  void says_so_when_the_broker_is_away() {
    server.close();
    Eventually.until(
        "a page that says so",
        () -> admin.open(PAGE).text().contains("The broker does not answer build-manager."));

    Answer page = admin.open(PAGE);

    assertThat(page.status()).isEqualTo(200);
    assertThat(row(page.text(), BuildTopology.PLAN_QUEUE)).contains("?", "Plans that may be");
    assertThat(admin.open("/app/mesh").text()).contains("Down").doesNotContain("messages wait");
  }

  @Test
  @Order(5)
  void says_so_when_build_manager_is_away() {
    buildManager.close();

    Answer page = admin.open(PAGE);

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("build-manager does not answer, and it alone sees the broker");
    assertThat(admin.open("/app/mesh").text()).contains("Unknown");
  }
}
