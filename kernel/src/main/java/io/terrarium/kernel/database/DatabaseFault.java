package io.terrarium.kernel.database;

import io.terrarium.kernel.Outage;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jdbi.v3.core.JdbiException;

/// PostgreSQL is away, is starting or stopping, or has no room for one more connection. Nothing was
/// committed, unless it went away in the moment of the commit.
public final class DatabaseFault extends RuntimeException implements Outage {
  private static final long serialVersionUID = 1L;

  // Classes and codes of the appendix "PostgreSQL Error Codes".
  private static final String CONNECTION_EXCEPTIONS = "08";
  private static final String INSUFFICIENT_RESOURCES = "53";
  private static final String OPERATOR_INTERVENTIONS = "57P";

  private DatabaseFault(SQLException cause) {
    super("the database does not answer: " + cause.getMessage(), cause);
  }

  /// Empty when the statement, and not the server, is to blame.
  static Optional<DatabaseFault> of(JdbiException e) {
    return e.getCause() instanceof SQLException cause && isAway(cause)
        ? Optional.of(new DatabaseFault(cause))
        : Optional.empty();
  }

  private static boolean isAway(SQLException cause) {
    String state = Optional.ofNullable(cause.getSQLState()).orElse("");
    return cause instanceof SQLTransientConnectionException
        || state.startsWith(CONNECTION_EXCEPTIONS)
        || state.startsWith(INSUFFICIENT_RESOURCES)
        || state.startsWith(OPERATOR_INTERVENTIONS);
  }

  @Override
  public boolean isPassing() {
    return true;
  }
}
