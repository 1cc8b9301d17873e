package io.terrarium.core.variable;

import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Patch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The variables of workspaces. Values are encrypted before a transaction begins and decrypted
/// after it has ended, since that leaves the process.
public final class Variables {
  private static final int VERSION_BYTES = 32;

  private final Database database;
  private final Access access;
  private final ValueCipher cipher;
  private final Clock clock;
  private final Ids ids;
  private final VariableStore store = new VariableStore();

  public Variables(Database database, Access access, ValueCipher cipher, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.cipher = cipher;
    this.clock = clock;
    this.ids = ids;
  }

  public List<Variable.Shown> list(Principal caller, WorkspaceId workspace) {
    return readable(
        database.read(db -> {
          WorkspaceAccess rights = access.workspace(db, caller, workspace);
          return store.list(db, rights.require(WorkspaceRight.READ_VARIABLES).key());
        }));
  }

  /// By the older route, which names the workspace.
  public List<Variable.Shown> listNamed(Principal caller, String organization, String workspace) {
    return readable(
        database.read(db -> {
          WorkspaceAccess rights = access.workspaceNamed(db, caller, organization, workspace);
          return store.list(db, rights.require(WorkspaceRight.READ_VARIABLES).key());
        }));
  }

  /// @param workspace of which it must be, where the route names one
  public Variable.Shown find(Principal caller, Optional<WorkspaceId> workspace, VariableId id) {
    Variable found =
        database.read(db -> found(db, caller, workspace, id, WorkspaceRight.READ_VARIABLES));
    return readable(List.of(found)).getFirst();
  }

  public Variable.Shown create(Principal caller, WorkspaceId workspace, VariableChanges asked) {
    database.read(
        db -> access.workspace(db, caller, workspace).require(WorkspaceRight.WRITE_VARIABLES));
    Variable.Definition definition = new VariableRules().define(asked);
    String value = asked.value().over("", "");
    String ciphertext = cipher.encryptText(value);
    VariableId id = new VariableId(ids.next(VariableId.PREFIX));
    Variable created =
        database.inTransaction(db -> {
          WorkspaceAccess rights = access.workspace(db, caller, workspace);
          long key = rights.require(WorkspaceRight.WRITE_VARIABLES).key();
          if (!store.insert(db, key, id, definition, ciphertext, newVersion(), clock.instant())) {
            throw keyIsTaken();
          }
          return store.find(db, id).orElseThrow();
        });
    return new Variable.Shown(created, definition.sensitive() ? null : value);
  }

  public Variable.Shown update(
      Principal caller, Optional<WorkspaceId> workspace, VariableId id, VariableChanges changes) {
    database.read(db -> found(db, caller, workspace, id, WorkspaceRight.WRITE_VARIABLES));
    boolean isValueKept = changes.value() instanceof Patch.Absent;
    String ciphertext = isValueKept ? null : cipher.encryptText(changes.value().over("", ""));
    Variable updated =
        database.inTransaction(db -> {
          store.lock(db, found(db, caller, workspace, id, WorkspaceRight.WRITE_VARIABLES).key());
          Variable before = store.find(db, id).orElseThrow(Fault.NotFound::new);
          Variable.Definition definition = new VariableRules().edit(before.definition(), changes);
          if (!store.update(db, before.key(), definition, ciphertext, newVersion())) {
            throw keyIsTaken();
          }
          return store.find(db, id).orElseThrow();
        });
    return readable(List.of(updated)).getFirst();
  }

  public void delete(Principal caller, Optional<WorkspaceId> workspace, VariableId id) {
    database.useTransaction(db ->
        store.delete(db, found(db, caller, workspace, id, WorkspaceRight.WRITE_VARIABLES).key()));
  }

  private Variable found(
      Handle db,
      Principal caller,
      Optional<WorkspaceId> workspace,
      VariableId id,
      WorkspaceRight right) {
    Variable found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    if (workspace.isPresent() && !workspace.get().equals(found.workspaceId())) {
      throw new Fault.NotFound();
    }
    access.workspace(db, caller, found.workspaceId()).require(right);
    return found;
  }

  /// Decrypts what may be shown, by one call.
  private List<Variable.Shown> readable(List<Variable> variables) {
    List<String> values =
        cipher.decryptTexts(
            variables.stream()
                .filter(Variables::isShown)
                .map(Variable::ciphertext)
                .map(Objects::requireNonNull)
                .toList());
    List<Variable.Shown> readable = new ArrayList<>();
    int next = 0;
    for (Variable variable : variables) {
      @Nullable String value = isShown(variable) ? values.get(next++) : null;
      readable.add(new Variable.Shown(variable, value));
    }
    return readable;
  }

  private static boolean isShown(Variable variable) {
    return !variable.definition().sensitive() && variable.ciphertext() != null;
  }

  private static String newVersion() {
    return Tokens.hex(VERSION_BYTES);
  }

  private static Fault keyIsTaken() {
    return new Fault.Invalid("key", "Key has already been taken");
  }
}
