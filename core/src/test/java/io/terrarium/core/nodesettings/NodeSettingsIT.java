package io.terrarium.core.nodesettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.settings.SettingsFault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeSettingsIT {
  private static final Secret PASSWORD = new Secret("the same everywhere");
  private static final Map<String, Secret> SETTINGS =
      Map.of("cookie_hash", new Secret("crumbs"), "root_secret", new Secret("crumbs"));
  private static final Map<String, Secret> OTHERS =
      Map.of("cookie_hash", new Secret("others"), "root_secret", new Secret("crumbs"));

  private DataDirectory data;
  private EmbeddedPostgres postgres;
  private Database database;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = DataDirectory.open(directory.resolve("data"));
    postgres = EmbeddedPostgres.start(data);
    database =
        Database.open(
            new DatabaseConfig(postgres.jdbcUrl(), postgres.username(), postgres.password(), 2),
            "nodes",
            "atlas",
            List.of());
    database.migrate("db/atlas");
  }

  @AfterAll
  void stop() {
    database.close();
    postgres.close();
    data.close();
  }

  private NodeSettings join(String node, Map<String, Secret> settings) {
    return NodeSettings.join(database, node, PASSWORD, settings);
  }

  @Test
  void a_node_with_the_same_settings_joins() {
    try (NodeSettings _ = join("one", SETTINGS);
        NodeSettings _ = join("two", SETTINGS)) {
      assertThat(names()).containsExactly("one", "two");
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void a_node_with_other_settings_is_refused_with_their_keys() {
    try (NodeSettings _ = join("one", SETTINGS)) {
      assertThatThrownBy(() -> join("two", OTHERS))
          .isInstanceOfSatisfying(
              SettingsFault.class,
              fault ->
                  assertThat(fault.problems())
                      .singleElement()
                      .asString()
                      .startsWith("cookie_hash: is not that of node one")
                      .doesNotContain("crumbs", "others"));
      assertThat(names()).containsExactly("one");
    }
  }

  @Test
  void all_may_come_back_with_others_once_they_have_left() {
    join("one", SETTINGS).close();

    try (NodeSettings _ = join("two", OTHERS)) {
      assertThat(names()).containsExactly("two");
    }
  }

  @Test
  void a_node_may_come_back_with_others_when_it_is_alone() {
    try (NodeSettings _ = join("one", SETTINGS);
        NodeSettings _ = join("one", OTHERS)) {
      assertThat(names()).containsExactly("one");
    }
  }

  @Test
  void a_node_that_has_been_silent_for_a_minute_is_forgotten() {
    try (NodeSettings _ = join("one", SETTINGS)) {
      database.useTransaction(
          db -> db.execute("UPDATE node_settings SET seen_at = now() - interval '61 seconds'"));

      try (NodeSettings _ = join("two", OTHERS)) {
        assertThat(names()).contains("two");
      }
    }
  }

  @Test
  void no_value_and_no_digest_that_tells_of_equal_values_is_kept() {
    try (NodeSettings _ = join("one", SETTINGS)) {
      String kept =
          database.read(db ->
              db.createQuery("SELECT digests::text FROM node_settings").mapTo(String.class).one());
      assertThat(kept)
          .doesNotContain("crumbs")
          .matches("\\{\"cookie_hash\": \"(\\w{64})\", \"root_secret\": \"(?!\\1)\\w{64}\"}");
    }
  }

  private List<String> names() {
    return database.read(db ->
        db.createQuery("SELECT node FROM node_settings ORDER BY node").mapTo(String.class).list());
  }
}
