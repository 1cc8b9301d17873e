package io.terrarium.kernel.database;

import io.terrarium.kernel.runtime.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The topics that PostgreSQL tells on one channel (`NOTIFY`), over a connection of its own that
/// comes back by itself. What is told while it is away is lost, so all are woken then.
public final class Notifications implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Notifications.class);

  /// So often a connection that is silent is asked whether it is still there.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String ANSWER_SECONDS_MAX = "60";

  private final DatabaseConfig config;
  private final String name;
  private final String channel;
  private final Topics topics;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable Connection> open = new AtomicReference<>();

  private Notifications(DatabaseConfig config, String name, String channel, Topics topics) {
    this.config = config;
    this.name = name;
    this.channel = channel;
    this.topics = topics;
  }

  /// @param name shown by PostgreSQL for the connection
  /// @param channel a plain identifier
  public static Notifications begin(
      DatabaseConfig config, String name, String channel, Topics topics) {
    if (!channel.matches("[a-z_][a-z0-9_]*")) {
      throw new IllegalArgumentException("no plain identifier: " + channel);
    }
    Notifications notifications = new Notifications(config, name, channel, topics);
    Thread.ofVirtual().name("listen-" + channel).start(notifications::listen);
    return notifications;
  }

  private void listen() {
    while (!isClosedWithin(Duration.ZERO)) {
      try (Connection connection = connect()) {
        open.set(connection);
        hear(connection);
      } catch (SQLException | RuntimeException e) {
        if (!isClosedWithin(PAUSE)) {
          log.atDebug().addKeyValue("error", e.getMessage()).log("listening begins again");
        }
      }
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.putAll(Database.connection(config, name, ANSWER_SECONDS_MAX));
    properties.setProperty("user", config.user());
    properties.setProperty("password", config.password().value());
    return DriverManager.getConnection(config.url(), properties);
  }

  private void hear(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + channel);
    }
    topics.wakeAll();
    PGConnection server = connection.unwrap(PGConnection.class);
    while (!isClosedWithin(Duration.ZERO)) {
      PGNotification[] told = server.getNotifications((int) SILENCE_MAX.toMillis());
      if (told == null || told.length == 0) {
        if (!connection.isValid((int) PAUSE.toSeconds())) {
          throw new SQLException("the connection is gone");
        }
        continue;
      }
      for (PGNotification one : told) {
        topics.told(one.getParameter());
      }
    }
  }

  private boolean isClosedWithin(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Connection connection = open.get();
    if (connection != null) {
      try {
        // The listening thread waits on its socket until this.
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        log.atDebug().setCause(e).log("a connection did not close well");
      }
    }
  }
}
