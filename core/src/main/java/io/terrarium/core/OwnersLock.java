package io.terrarium.core;

import org.jdbi.v3.core.Handle;

/// Who takes an owner from an organization holds it, so that somebody always stays who owns it.
public final class OwnersLock {
  private OwnersLock() {}

  /// Until the end of the transaction nobody else takes an owner away.
  public static void take(Handle db, long organizationKey) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('owners_of_' || ?))", organizationKey);
  }
}
