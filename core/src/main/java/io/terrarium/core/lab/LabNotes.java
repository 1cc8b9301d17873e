package io.terrarium.core.lab;

import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The notes that the mesh keeps for people who do exercises: each has their own. Only site admins
/// have any, since exercises break the mesh.
public final class LabNotes {
  private final Database database;
  private final Clock clock;
  private final LabNoteStore store = new LabNoteStore();

  public LabNotes(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  public List<LabNote> list(UserPrincipal learner) {
    requireAdmin(learner);
    return database.read(db -> store.list(db, learner.userKey()));
  }

  public Optional<LabNote> find(UserPrincipal learner, String lab) {
    return list(learner).stream().filter(note -> note.lab().equals(lab)).findFirst();
  }

  /// From the beginning, whatever was noted before.
  public LabNote begin(UserPrincipal learner, String lab, Map<String, String> facts) {
    requireAdmin(learner);
    LabNote fresh = new LabNote(lab, clock.instant(), facts, Map.of());
    database.useTransaction(db -> store.put(db, learner.userKey(), fresh));
    return fresh;
  }

  /// Notes what is new beside what is there: two pages may look at once.
  public void note(UserPrincipal learner, String lab, Map<String, String> facts) {
    requireAdmin(learner);
    database.useTransaction(db -> store.addFacts(db, learner.userKey(), lab, facts));
  }

  /// A step that was passed before keeps its time.
  public void pass(UserPrincipal learner, String lab, String step) {
    requireAdmin(learner);
    database.useTransaction(
        db -> store.pass(db, learner.userKey(), lab, Map.of(step, clock.instant())));
  }

  private static void requireAdmin(UserPrincipal learner) {
    if (!learner.siteAdmin()) {
      throw new Fault.NotFound();
    }
  }
}
