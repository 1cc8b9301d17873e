package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.database.DatabaseFault;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFaultIT {
  @TempDir private static Path directory;
  private static DataDirectory data;
  private static EmbeddedPostgres postgres;
  private static Database database;

  @BeforeAll
  static void start() {
    data = DataDirectory.open(directory.resolve("data"));
    postgres = EmbeddedPostgres.start(data);
    database =
        Database.open(
            new DatabaseConfig(postgres.jdbcUrl(), postgres.username(), postgres.password(), 2),
            "fault-it",
            "public",
            List.of());
    database.useTransaction(
        db -> db.execute("CREATE TABLE vaults (word text UNIQUE, size int CHECK (size > 0))"));
  }

  @AfterAll
  static void stop() {
    database.close();
    postgres.close();
    data.close();
  }

  @Nested
  class A_refused_statement {
    @Test
    void does_not_tell_the_values_it_was_given() {
      keep("open sesame", 1);

      Throwable twice = catchThrowable(() -> keep("open sesame", 1));
      Throwable empty = catchThrowable(() -> keep("shibboleth", 0));

      assertThat(everythingOf(twice)).contains("vaults_word_key").doesNotContain("sesame");
      assertThat(everythingOf(empty)).contains("vaults_size_check").doesNotContain("shibboleth");
    }

    private static void keep(String word, int size) {
      database.useTransaction(db ->
          db.createUpdate("INSERT INTO vaults VALUES (:word, :size)")
              .bind("word", word)
              .bind("size", size)
              .execute());
    }

    private static String everythingOf(Throwable fault) {
      StringWriter text = new StringWriter();
      fault.printStackTrace(new PrintWriter(text));
      return text.toString();
    }
  }

  @Nested
  class A_server_that_ends_the_session {
    @Test
    void is_an_outage_that_passes() {
      Throwable gone =
          catchThrowable(() ->
              database.useTransaction(db -> {
                db.execute("SELECT pg_terminate_backend(pg_backend_pid())");
              }));

      assertThat(gone)
          .isInstanceOfSatisfying(
              DatabaseFault.class, fault -> assertThat(fault.isPassing()).isTrue());
      database.check();
    }
  }

  @Nested
  class A_connection {
    @Test
    void does_not_wait_for_ever_for_a_server_that_is_gone() {
      int millis =
          database.read(db -> {
            try {
              return db.getConnection().getNetworkTimeout();
            } catch (java.sql.SQLException e) {
              throw new IllegalStateException(e);
            }
          });

      assertThat(millis).isEqualTo(60_000);
    }
  }
}
