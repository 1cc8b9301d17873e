package io.terrarium.core.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.job.Job;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.testsupport.TestClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxIT {
  private final AtomicBoolean away = new AtomicBoolean();
  private DataDirectory data;
  private EmbeddedPostgres postgres;
  private Database database;
  private Outbox outbox;

  @BeforeAll
  void start(@TempDir Path directory) {
    data = DataDirectory.open(directory.resolve("data"));
    postgres = EmbeddedPostgres.start(data);
    database =
        Database.open(
            new DatabaseConfig(postgres.jdbcUrl(), postgres.username(), postgres.password(), 2),
            "outbox",
            "atlas",
            List.of());
    database.migrate("db/atlas");
    outbox = new Outbox(database, new TestClock(Instant.EPOCH), _ -> push());
  }

  private void push() {
    if (away.get()) {
      throw new IllegalStateException("redis is away");
    }
  }

  @AfterAll
  void stop() {
    outbox.close();
    database.close();
    postgres.close();
    data.close();
  }

  @Nested
  class A_job_that_redis_was_away_for {
    @Test
    void stays_overdue_until_redis_is_back() {
      away.set(true);
      database.useTransaction(db ->
          outbox.add(db, new Job.SignalCancel(new RunId("run-1"), "plan-1"), "run-1", "plan"));
      assertThatThrownBy(() -> outbox.pushOverdue()).hasMessage("redis is away");
      away.set(false);

      int pushed = outbox.pushOverdue();

      assertThat(pushed).isEqualTo(1);
      assertThat(outbox.pushOverdue()).isZero();
    }
  }
}
