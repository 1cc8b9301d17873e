package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.database.DatabaseFault;
import io.terrarium.kernel.database.Notifications;
import io.terrarium.kernel.database.SchemaFault;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Topics;
import io.terrarium.testsupport.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of PostgreSQL and of the adapter to it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DatabaseContract {
  private static final String MIGRATIONS = "db/contract";
  private static final String LATER = "db/contract-of-later";

  private final Parts parts = new Parts("database suite");
  private final String schema = "contract_" + Tokens.hex(6);
  private BackingServer<DatabaseConfig> server;
  private Database database;

  /// A database for this suite, which makes schemas of its own in it.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<DatabaseConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) {
    server = parts.add(open(directory.resolve("server")));
    database = parts.add(open(schema));
    database.migrate(MIGRATIONS);
    parts.add(() -> drop(schema));
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  @BeforeEach
  void empty() {
    database.useTransaction(db -> db.execute("DELETE FROM things"));
  }

  @Nested
  class A_notification {
    private final Topics topics = new Topics();

    @Test
    void is_heard_once_it_is_committed_and_again_after_the_connection_was_lost()
        throws InterruptedException {
      try (Topics.Watch one = topics.watch("one");
          Topics.Watch two = topics.watch("two");
          Notifications _ =
              Notifications.begin(server.config(), "listener " + schema, schema, topics)) {
        assertThat(one.await(Eventually.LONGEST)).as("the listener").isTrue();
        assertThat(two.await(Eventually.LONGEST)).as("the listener").isTrue();
        tell("one");
        assertThat(one.await(Eventually.LONGEST)).as("the first word").isTrue();

        database.useTransaction(db ->
            db.createQuery(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name")
                .bind("name", "listener " + schema)
                .mapTo(Boolean.class)
                .list());

        assertThat(one.await(Eventually.LONGEST)).as("the listener again").isTrue();
        assertThat(two.await(Eventually.LONGEST)).as("the listener again").isTrue();
        tell("one two");
        assertThat(two.await(Eventually.LONGEST)).as("the word after it").isTrue();
      }
    }

    private void tell(String word) {
      database.useTransaction(
          db -> db.createUpdate("NOTIFY " + schema + ", '" + word + "'").execute());
    }
  }

  @Nested
  class A_migration {
    @Test
    void is_done_once_by_however_many_nodes() {
      String shared = schema + "_shared";

      List<CompletableFuture<Integer>> nodes =
          IntStream.range(0, 3)
              .mapToObj(_ -> CompletableFuture.supplyAsync(() -> migrate(shared)))
              .toList();

      assertThat(nodes.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(1);
      drop(shared);
    }

    private int migrate(String name) {
      try (Database node = open(name)) {
        int count = node.migrate(MIGRATIONS);
        node.validate(MIGRATIONS);
        return count;
      }
    }

    @Test
    void of_another_version_is_refused_by_older_and_newer_programs() {
      String newer = schema + "_newer";
      try (Database later = open(newer)) {
        later.migrate(LATER);

        assertThatThrownBy(() -> later.validate(MIGRATIONS)).isInstanceOf(SchemaFault.class);
        assertThatThrownBy(() -> database.validate(LATER)).isInstanceOf(SchemaFault.class);
      }
      drop(newer);
    }
  }

  @Nested
  class A_sweep {
    @Test
    void is_one_at_a_time() {
      boolean isSecond =
          database.inTransaction(first -> {
            assertThat(takes(first)).isTrue();
            return elsewhere(DatabaseContract::takes);
          });

      assertThat(isSecond).isFalse();
      assertThat(database.<Boolean>inTransaction(DatabaseContract::takes)).isTrue();
    }

    @Test
    void leaves_the_rows_that_another_has_in_hand() {
      keep("one", 1);
      keep("two", 1);
      String next = "SELECT word FROM things ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED";

      String second =
          database.inTransaction(first -> {
            assertThat(word(first, next)).isEqualTo("one");
            return elsewhere(db -> word(db, next));
          });

      assertThat(second).isEqualTo("two");
    }
  }

  @Nested
  class Two_transactions_that_wait_for_each_other {
    @Test
    void are_both_done() {
      keep("one", 1);
      keep("two", 1);
      CyclicBarrier both = new CyclicBarrier(2);

      CompletableFuture<Void> there =
          CompletableFuture.runAsync(() -> growBoth("one", "two", both));
      CompletableFuture<Void> back = CompletableFuture.runAsync(() -> growBoth("two", "one", both));
      CompletableFuture.allOf(there, back).join();

      assertThat(
              database.<Integer>read(db ->
                  db.createQuery("SELECT sum(size)::int FROM things").mapTo(Integer.class).one()))
          .isEqualTo(6);
    }

    private void growBoth(String first, String second, CyclicBarrier both) {
      boolean[] met = new boolean[1];
      database.useTransaction(db -> {
        grow(db, first);
        if (!met[0]) {
          met[0] = true;
          meet(both);
        }
        grow(db, second);
      });
    }

    private static void grow(Handle db, String word) {
      db.createUpdate("UPDATE things SET size = size + 1 WHERE word = :word")
          .bind("word", word)
          .execute();
    }

    private static void meet(CyclicBarrier both) {
      try {
        both.await();
      } catch (InterruptedException | java.util.concurrent.BrokenBarrierException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Nested
  class A_refused_statement {
    @Test
    void does_not_tell_the_values_it_was_given() {
      keep("open sesame", 1);

      Throwable twice = catchThrowable(() -> keep("open sesame", 1));
      Throwable empty = catchThrowable(() -> keep("shibboleth", 0));

      assertThat(everythingOf(twice)).contains("things_word_key").doesNotContain("sesame");
      assertThat(everythingOf(empty)).contains("things_size_check").doesNotContain("shibboleth");
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
  class A_server_that_restarts {
    @Test
    void has_all_that_was_committed_and_nothing_else() {
      assumeTrue(server.isOurs(), server.name() + " is not ours to restart");
      keep("kept", 1);

      Throwable cut =
          catchThrowable(() ->
              database.useTransaction(db -> {
                db.execute("INSERT INTO things (word, size) VALUES ('lost', 1)");
                server.stop();
                db.execute("SELECT 1");
              }));
      server.start();

      assertThat(cut).isInstanceOf(DatabaseFault.class);
      Eventually.until("a pool of living connections", this::answers);
      assertThat(
              database.<List<String>>read(
                  db -> db.createQuery("SELECT word FROM things").mapTo(String.class).list()))
          .containsExactly("kept");
    }

    private boolean answers() {
      try {
        database.check();
        return true;
      } catch (DatabaseFault fault) {
        return false;
      }
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
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });

      assertThat(millis).isEqualTo(60_000);
    }
  }

  /// In a transaction of its own, which one of the same thread would not be.
  private <T> T elsewhere(Function<Handle, T> work) {
    return CompletableFuture.supplyAsync(() -> database.inTransaction(work)).join();
  }

  private static boolean takes(Handle db) {
    return db.createQuery("SELECT pg_try_advisory_xact_lock(4711)").mapTo(Boolean.class).one();
  }

  private static String word(Handle db, String sql) {
    return db.createQuery(sql).mapTo(String.class).one();
  }

  private void keep(String word, int size) {
    database.useTransaction(db ->
        db.createUpdate("INSERT INTO things (word, size) VALUES (:word, :size)")
            .bind("word", word)
            .bind("size", size)
            .execute());
  }

  private Database open(String name) {
    return Database.open(server.config(), "database-it", name, List.of());
  }

  private void drop(String name) {
    database.useTransaction(db -> db.execute("DROP SCHEMA " + name + " CASCADE"));
  }
}
