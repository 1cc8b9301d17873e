package io.terrarium.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceClient.Download;
import io.terrarium.testsupport.Eventually;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackupIT {
  private static final String PASSWORD = "befit-brakeman-footstep-unclasp";

  private final BackupClient client = new BackupClient();

  @TempDir static Path directory;
  private Servers servers;
  private Installation from;
  private Installation restored;
  private Installation empty;
  private byte[] snapshot;

  @BeforeAll
  void start() throws Exception {
    servers = new Servers(directory.resolve("servers"));
    from = installation("from");
    Sample.fill(from);
    snapshot = client.snapshot(from, PASSWORD);
    restored = installation("restored");
    HttpResponse<String> answer = client.restore(restored, PASSWORD, snapshot);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    empty = installation("empty");
  }

  @AfterAll
  void stop() {
    empty.close();
    restored.close();
    from.close();
    servers.close();
  }

  private Installation installation(String name) {
    return new Installation(servers, directory.resolve(name));
  }

  private static String text(Installation here, String sql) {
    return here.database().read(db -> db.createQuery(sql).mapTo(String.class).one());
  }

  private static String opened(Installation here, String vaultKey, String sql) {
    return new String(here.vault().decrypt(vaultKey, text(here, sql)), StandardCharsets.UTF_8);
  }

  private static byte[] object(Installation here, String key) throws Exception {
    try (InputStream content = here.blobs().open(key).orElseThrow().body()) {
      return content.readAllBytes();
    }
  }

  private static byte[] framed(byte[] log, boolean hasEnded) {
    byte[] framed = new byte[log.length + (hasEnded ? 2 : 1)];
    framed[0] = 2;
    System.arraycopy(log, 0, framed, 1, log.length);
    if (hasEnded) {
      framed[framed.length - 1] = 3;
    }
    return framed;
  }

  @Nested
  class A_restored_installation {
    @Test
    void has_the_rows_of_the_other() {
      assertThat(Sample.rows(restored)).isEqualTo(Sample.rows(from));
    }

    @Test
    void keeps_its_own_word_of_its_workers() {
      assertThat(text(restored, "SELECT count(*) FROM workers")).isEqualTo("0");
    }

    @Test
    void opens_variables_by_its_own_vault() {
      assertThat(
              opened(
                  restored,
                  "atlas_variables",
                  "SELECT value_ciphertext FROM variables WHERE key = 'A'"))
          .isEqualTo(Sample.SECRET);
    }

    @Test
    void opens_what_runs_have_pinned() {
      assertThat(
              opened(
                  restored,
                  "atlas_variables",
                  "SELECT CAST(pinned_variables_ciphertext AS jsonb) -> 0 ->> 'ciphertext'"
                      + " FROM runs WHERE id = 1"))
          .isEqualTo(Sample.SECRET);
    }

    @Test
    void opens_outputs() {
      assertThat(
              opened(
                  restored, "atlas_outputs", "SELECT value_ciphertext FROM state_version_outputs"))
          .isEqualTo(Sample.SECRET);
    }

    @Test
    void goes_on_with_the_numbers() {
      String next =
          text(restored, "SELECT nextval(pg_get_serial_sequence('atlas.state_versions', 'id'))");

      assertThat(next).isEqualTo("3");
    }

    @Test
    void has_the_modules_of_the_registry_and_goes_on_with_their_numbers() {
      assertThat(text(restored, "SELECT name FROM registry.module_versions")).isEqualTo("network");
      assertThat(
              text(
                  restored,
                  "SELECT nextval(pg_get_serial_sequence('registry.module_versions', 'id'))"))
          .isEqualTo("2");
    }

    @Test
    void has_the_objects() throws Exception {
      assertThat(object(restored, "configuration-versions/cv-1/slug/x")).isEqualTo(Sample.SLUG);
    }

    @Test
    void has_an_empty_object() throws Exception {
      assertThat(object(restored, "states/sv-1")).isEmpty();
    }

    @Test
    void has_compressed_objects_as_they_were_and_knows_it() throws Exception {
      Download schemas = restored.blobs().open("plans/plan-1/2/schemas.json").orElseThrow();

      assertThat(schemas.encoding()).contains("gzip");
      assertThat(schemas.body().readAllBytes()).isEqualTo(Sample.SCHEMAS);
    }

    @Test
    void has_the_log_of_what_has_ended() throws Exception {
      assertThat(restored.blobs().readLog("logs/plan-1", 0, 8 << 20))
          .isEqualTo(framed(Sample.FINISHED_LOG, true));
    }

    @Test
    void has_what_there_was_of_a_live_log() throws Exception {
      assertThat(restored.blobs().readLog("logs/plan-2", 0, 8 << 20))
          .isEqualTo(framed(Sample.LIVE_LOG, false));
    }

    @Test
    void is_not_restored_again() throws Exception {
      HttpResponse<String> answer = client.restore(restored, PASSWORD, snapshot);

      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("in use");
    }
  }

  @Nested
  class A_backup {
    @Test
    void without_the_token_is_refused() throws Exception {
      assertThat(
              client
                  .backUp(from.operations(), Optional.empty(), BackupClient.config(PASSWORD))
                  .statusCode())
          .isEqualTo(401);
    }

    @Test
    void with_another_token_is_refused() throws Exception {
      Optional<Secret> other = Optional.of(new Secret(from.token().value() + "0"));

      assertThat(
              client.backUp(from.operations(), other, BackupClient.config(PASSWORD)).statusCode())
          .isEqualTo(401);
    }

    @Test
    void says_what_is_wrong_with_its_body() throws Exception {
      for (String body :
          List.of(
              "",
              "{",
              "[]",
              "{}",
              "{\"password\":\" \"}",
              "{\"password\":1}",
              "{\"password\":\"p\",\"skip_object_storage\":\"no\"}")) {
        assertThat(client.backUp(from, body).statusCode()).as(body).isEqualTo(400);
      }
    }

    @Test
    void shows_nothing_of_what_is_in_it() {
      assertThat(new String(snapshot, StandardCharsets.ISO_8859_1))
          .doesNotContain("ada@example.com")
          .doesNotContain("slugslug");
    }

    @Test
    void may_leave_out_the_objects() throws Exception {
      HttpResponse<byte[]> rows =
          client.backUp(from, "{\"password\":\"" + PASSWORD + "\",\"skip_object_storage\":true}");

      SnapshotReader reader =
          SnapshotReader.open(new ByteArrayInputStream(rows.body()), new Secret(PASSWORD));

      assertThat(reader.next()).isInstanceOf(SnapshotRecord.Table.class);
    }

    @Test
    void whose_reader_goes_lets_the_next_begin() throws Exception {
      client.stream(from, BackupClient.config(PASSWORD)).body().close();

      Eventually.until(
          () -> "the next is never answered with 200",
          () -> client.backUp(from, BackupClient.config(PASSWORD)).statusCode() == 200);
    }

    @Test
    void is_of_one_moment() throws Exception {
      try (Installation busy = installation("busy")) {
        Sample.fill(busy);
        List<String> before = Sample.rows(busy);
        byte[] large = new byte[40 << 20];
        busy.blobs().store("states/gone", "", new ByteArrayInputStream(large));
        HttpResponse<InputStream> begun = client.stream(busy, BackupClient.config(PASSWORD));
        busy.database()
            .useTransaction(db -> db.execute("UPDATE organizations SET name = 'another'"));
        byte[] taken = begun.body().readAllBytes();

        try (Installation target = installation("target")) {
          client.restore(target, PASSWORD, taken);

          assertThat(Sample.rows(target)).isEqualTo(before);
        }
      }
    }
  }

  @Nested
  class A_restore {
    private void isRefused(HttpResponse<String> answer, int status, String word) {
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(answer.body()).contains(word);
      assertThat(text(empty, "SELECT count(*) FROM users")).isEqualTo("0");
    }

    @Test
    void with_another_token_is_refused() throws Exception {
      isRefused(client.restore(empty, Optional.of(from.token()), PASSWORD, snapshot), 401, "token");
    }

    @Test
    void with_another_password_is_refused() throws Exception {
      isRefused(client.restore(empty, "another", snapshot), 400, "password");
    }

    @Test
    void of_no_snapshot_is_refused() throws Exception {
      isRefused(client.restore(empty, PASSWORD, new byte[100]), 400, "not one of Terrarium's");
    }

    @Test
    void of_a_cut_snapshot_changes_nothing() throws Exception {
      for (int parts = 1; parts < 10; parts++) {
        byte[] cut = Arrays.copyOf(snapshot, (int) (snapshot.length * (long) parts / 10));

        isRefused(client.restore(empty, PASSWORD, cut), 400, "cut off");
      }
    }

    @Test
    void of_a_snapshot_that_lacks_its_last_byte_changes_nothing() throws Exception {
      byte[] cut = Arrays.copyOf(snapshot, snapshot.length - 1);

      isRefused(client.restore(empty, PASSWORD, cut), 400, "cut off");
    }

    @Test
    void of_a_damaged_snapshot_changes_nothing() throws Exception {
      byte[] damaged = snapshot.clone();
      damaged[damaged.length - 3000] ^= 1;

      isRefused(client.restore(empty, PASSWORD, damaged), 400, "damaged");
    }

    @Test
    void of_another_schema_is_refused() throws Exception {
      try (Installation newer = installation("newer")) {
        newer
            .database()
            .useTransaction(db ->
                db.execute(
                    "INSERT INTO flyway_schema_history (installed_rank, version, description,"
                        + " type, script, installed_by, execution_time, success)"
                        + " VALUES (9999, '9999', 'd', 'SQL', 's', 'me', 1, true)"));

        HttpResponse<String> answer = client.restore(newer, PASSWORD, snapshot);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("9999", "0.1.0");
      }
    }
  }

  @Nested
  class Without_vault {
    @Test
    void a_backup_is_not_begun() throws Exception {
      try (Installation broken = installation("broken")) {
        Sample.fill(broken);
        broken.stopVault();

        assertThat(client.backUp(broken, BackupClient.config(PASSWORD)).statusCode())
            .isEqualTo(503);
      }
    }
  }
}
