package io.terrarium.kernel.database;

import io.terrarium.kernel.tls.Trust;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLException;

/// Whether the database of the settings can be used, and if not, which setting is to be mended.
public final class DatabaseCheck {
  /// PostgreSQL 15, the oldest whose SQL we keep to.
  private static final int VERSION_LEAST = 150_000;

  private static final String ANSWER_SECONDS_MAX = "15";
  private static final String FACTS =
      """
      SELECT current_setting('server_version_num')::int, current_setting('server_version'),
             has_database_privilege(current_database(), 'CREATE')
      """;

  private DatabaseCheck() {}

  /// What is wrong, with the variable first; empty when all is well.
  public static Optional<String> problem(DatabaseConfig config) {
    Properties properties = new Properties();
    properties.putAll(Database.connection(config, "startup-check", ANSWER_SECONDS_MAX));
    properties.put("user", config.user());
    properties.put("password", config.password().value());
    try (Connection connection = DriverManager.getConnection(config.url(), properties);
        Statement statement = connection.createStatement();
        ResultSet facts = statement.executeQuery(FACTS)) {
      facts.next();
      if (facts.getInt(1) < VERSION_LEAST) {
        return Optional.of(
            "TFE_DATABASE_HOST is a PostgreSQL "
                + facts.getString(2)
                + "; version 15 or newer is needed");
      }
      return facts.getBoolean(3)
          ? Optional.empty()
          : Optional.of(
              "TFE_DATABASE_USER may make no schemas in the database; grant it CREATE on the"
                  + " database, or make it the owner");
    } catch (SQLException e) {
      return Optional.of(told(config, e));
    }
  }

  /// By the classes and codes of the appendix "PostgreSQL Error Codes".
  private static String told(DatabaseConfig config, SQLException e) {
    String state = Optional.ofNullable(e.getSQLState()).orElse("");
    String reason = Trust.plain(String.valueOf(e.getMessage()));
    // It speaks of TLS, but of TLS that is there.
    if (reason.contains("pg_hba.conf") && reason.contains("SSL encryption")) {
      return "TFE_DATABASE_USER is not let in from this host; add both to the server's pg_hba.conf: "
          + reason;
    }
    // So a server speaks that takes nobody without TLS.
    if (isAboutTls(e) || reason.contains("no encryption")) {
      return "TFE_DATABASE_PARAMETERS cannot be met; look at sslmode, at the certificate of the"
          + " server and at TFE_TLS_CA_BUNDLE_FILE: "
          + reason;
    }
    if (state.startsWith("28")) {
      return "TFE_DATABASE_PASSWORD or TFE_DATABASE_USER is refused by PostgreSQL: " + reason;
    }
    if (state.equals("3D000")) {
      return "TFE_DATABASE_NAME is not there; make the database, or mend its name: " + reason;
    }
    return "TFE_DATABASE_HOST does not answer as PostgreSQL at "
        + config.url().replace("jdbc:postgresql://", "")
        + "; start it, or mend the address: "
        + reason;
  }

  private static boolean isAboutTls(SQLException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException || String.valueOf(cause.getMessage()).contains("SSL")) {
        return true;
      }
    }
    return false;
  }
}
