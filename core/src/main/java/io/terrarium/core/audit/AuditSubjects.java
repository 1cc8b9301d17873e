package io.terrarium.core.audit;

import io.terrarium.kernel.database.Database;
import java.util.Optional;

/// Finds out what a call is about, by what its path or its answer names. One query each, whatever
/// the caller may see: what comes of it goes to the log alone.
public final class AuditSubjects {
  private final Database database;
  private final AuditSubjectStore store = new AuditSubjectStore();

  public AuditSubjects(Database database) {
    this.database = database;
  }

  /// The bearer of an id, such as `run-…`; without an owner where nobody bears it.
  public AuditSubject byId(String id) {
    return new AuditSubject(id, database.read(db -> store.ownerOf(db, id)));
  }

  /// An organization; where there is none of the name, the name stands for it.
  public AuditSubject organization(String name) {
    return database
        .read(db -> store.organization(db, name))
        .map(owner -> new AuditSubject(owner.id(), Optional.of(owner)))
        .orElseGet(() -> new AuditSubject(name, Optional.empty()));
  }

  /// A workspace by its name, which stands for it where there is none of that name.
  public AuditSubject workspace(String organization, String name) {
    return database
        .read(db -> store.workspace(db, organization, name))
        .orElseGet(() -> new AuditSubject(name, Optional.empty()));
  }
}
