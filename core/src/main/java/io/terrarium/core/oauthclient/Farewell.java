package io.terrarium.core.oauthclient;

import org.jdbi.v3.core.Handle;

/// What connections have left at their hosts is tidied up when they go.
public interface Farewell {
  /// What goes, with all connections that are part of it.
  enum Kind {
    TOKEN,
    CLIENT,
    ORGANIZATION
  }

  /// @param key of the row that goes
  record Of(Kind kind, long key) {}

  /// Before the transaction, while the host can still be asked for what will be needed.
  void prepare(Of of);

  /// In the transaction, before the rows go.
  void take(Handle db, Of of);
}
