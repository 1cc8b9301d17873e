package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testservers.ServersWithTls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `up` on servers of the installation's own.
@Tag("long")
class ExternalModeIT {
  @TempDir private Path directory;
  private OwnServers servers;

  @BeforeAll
  static void look() {
    ServersWithTls.assume();
  }

  @BeforeEach
  void start() {
    servers = new OwnServers(directory);
  }

  @AfterEach
  void stop() {
    servers.close();
  }

  private MeshProcess up(Path place, Map<String, String> settings, String... more) {
    List<String> arguments = new ArrayList<>(List.of(more));
    arguments.addAll(List.of("--settings", OwnServers.file(place, settings)));
    return MeshProcess.up(place, servers.broker(), arguments.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--separate"})
  void a_run_is_applied_and_the_data_directory_may_go(String form) {
    String[] more = form.isEmpty() ? new String[0] : new String[] {form};
    Map<String, String> settings = servers.activeActive();
    try (MeshProcess first = up(directory.resolve("first"), settings, more).awaitUp()) {
      Site site = first.firstSite();
      site.organization("external");
      TerraformCli terraform =
          site.initialized("external", "apply", "resource \"terraform_data\" \"a\" {}\n");
      TerraformCli.Result apply = terraform.run("apply", "-auto-approve");
      assertThat(apply.exit()).as(apply.output()).isZero();
      String run = site.latestRun("external", "apply");
      first.stop();
      assertThat(directory.resolve("first/data"))
          .isDirectoryNotContaining("regex:.*(postgres|redis|s3|broker)");

      try (MeshProcess second = up(directory.resolve("second"), settings, more).awaitUp()) {
        assertThat(second.site(site).status(run)).isEqualTo("applied");
        assertThat(second.site(site).log(run, "apply")).contains("Apply complete!");
      }
    }
  }

  @Test
  void only_what_is_named_is_elsewhere() {
    Path place = directory.resolve("one");
    String file = OwnServers.file(place, servers.external());
    try (MeshProcess mesh = MeshProcess.up(place, "--settings", file).awaitUp()) {
      Site site = mesh.firstSite();
      site.organization("external");
      TerraformCli terraform =
          site.initialized("external", "apply", "resource \"terraform_data\" \"a\" {}\n");

      TerraformCli.Result apply = terraform.run("apply", "-auto-approve");

      assertThat(apply.exit()).as(apply.output()).isZero();
      assertThat(place.resolve("data/redis")).isDirectory();
      assertThat(place.resolve("data/broker")).isDirectory();
      assertThat(place.resolve("data/postgres")).doesNotExist();
      assertThat(place.resolve("data/s3")).doesNotExist();
    }
  }

  @Test
  void servers_that_are_not_as_the_settings_say_are_named_together() {
    Map<String, String> settings = servers.activeActive();
    settings.put("pg_password", "wrong");
    settings.put("redis_pass", "wrong");
    settings.put("s3_bucket", "no-such-bucket");
    Map<String, String> broker = new HashMap<>(servers.broker());
    broker.put("TERRARIUM_RABBITMQ_PASSWORD", "wrong");
    Path place = directory.resolve("one");
    String file = OwnServers.file(place, settings);

    try (MeshProcess refused = MeshProcess.up(place, broker, "--settings", file)) {
      assertThat(refused.await()).isEqualTo(1);
      assertThat(refused.explanation())
          .hasSize(4)
          .anyMatch(line -> line.contains("pg_password (TFE_DATABASE_PASSWORD) or pg_user"))
          .anyMatch(line -> line.contains("redis_pass (TFE_REDIS_PASSWORD) is not what"))
          .anyMatch(line -> line.contains("s3_bucket (TFE_OBJECT_STORAGE_S3_BUCKET) no-such"))
          .anyMatch(line -> line.contains("TERRARIUM_RABBITMQ_PASSWORD or"));
      assertThat(place.resolve("data")).doesNotExist();
    }
  }

  @Test
  void a_certificate_of_an_unknown_authority_is_refused_wherever_it_is_met() {
    Map<String, String> settings = servers.activeActive();
    settings.remove("ca_certs");

    try (MeshProcess refused = up(directory.resolve("one"), settings)) {
      assertThat(refused.await()).isEqualTo(1);
      assertThat(refused.explanation())
          .hasSize(4)
          .allMatch(line -> line.contains("ca_certs (TFE_TLS_CA_BUNDLE_FILE)"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "enc_password, another, enc_password (TFE_ENCRYPTION_PASSWORD): is not the one",
    "cookie_hash, another, cookie_hash: is not that of node"
  })
  void a_node_with_other_settings_is_refused(String key, String value, String problem) {
    Map<String, String> settings = servers.activeActive();
    try (MeshProcess one = up(directory.resolve("one"), settings).awaitUp()) {
      settings.put(key, value);
      try (MeshProcess refused = up(directory.resolve("two"), settings)) {
        assertThat(refused.await()).isEqualTo(1);
        assertThat(refused.explanation()).singleElement().asString().contains(problem);
        refused.awaitNothingLeft();
      }
      one.stop();
    }
  }
}
