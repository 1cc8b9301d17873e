package io.terrarium.core.variable;

import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.variable.VariableStore.Holder;
import io.terrarium.core.variable.VariableStore.Written;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Patch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The variables of workspaces and of sets.
public final class Variables {
  private static final String BODY = "/data";

  private final Database database;
  private final Access access;
  private final VariableSetGate sets;
  private final VariableValues values;
  private final Clock clock;
  private final Ids ids;
  private final VariableStore store = new VariableStore();

  /// What stands between a caller and the variables.
  public record Gates(Access access, VariableSetGate sets) {}

  public Variables(Database database, Gates gates, ValueCipher cipher, Clock clock, Ids ids) {
    this.database = database;
    this.access = gates.access();
    this.sets = gates.sets();
    this.values = new VariableValues(cipher);
    this.clock = clock;
    this.ids = ids;
  }

  public List<Variable.Shown> list(Principal caller, VariableOwner owner) {
    return values.show(database.read(db -> store.list(db, readable(db, caller, owner))));
  }

  /// Those of all sets of `ids` that the caller may see.
  public List<Variable.Shown> listOfSets(Principal caller, List<VariableSetId> ids) {
    return values.show(
        database.read(db -> store.list(db, List.of(), sets.visible(db, caller, ids))));
  }

  public Paged<Variable.Shown> list(Principal caller, VariableOwner owner, Page page) {
    Paged<Variable> found =
        database.read(db -> {
          Holder holder = readable(db, caller, owner);
          return new Paged<>(store.list(db, holder, page), page, store.count(db, holder));
        });
    return found.withItems(values.show(found.items()));
  }

  /// Those of workspaces that their reader was shown; none where they may not read variables.
  public List<Variable.Shown> ofWorkspaces(List<WorkspaceAccess> shown) {
    List<Long> keys =
        shown.stream()
            .filter(rights -> rights.allows(WorkspaceRight.READ_VARIABLES))
            .map(WorkspaceAccess::key)
            .toList();
    return values.show(database.read(db -> store.list(db, keys, List.of())));
  }

  /// By the older route, which names the workspace.
  public List<Variable.Shown> listNamed(Principal caller, String organization, String workspace) {
    return values.show(
        database.read(db -> {
          WorkspaceAccess rights = access.workspaceNamed(db, caller, organization, workspace);
          return store.list(
              db, Holder.workspace(rights.require(WorkspaceRight.READ_VARIABLES).key()));
        }));
  }

  /// @param owner of which it must be, where the route names one
  public Variable.Shown find(Principal caller, Optional<VariableOwner> owner, VariableId id) {
    return values.showOne(
        database.read(db -> {
          Variable found = found(db, owner, id);
          readable(db, caller, found.owner());
          return found;
        }));
  }

  public Variable.Shown create(Principal caller, VariableOwner owner, VariableChanges asked) {
    database.read(db -> writable(db, caller, owner));
    Prepared prepared = prepare(List.of(asked), _ -> BODY).getFirst();
    Variable created =
        database.inTransaction(db -> insert(db, writable(db, caller, owner), prepared));
    return new Variable.Shown(
        created, created.definition().sensitive() ? null : asked.value().over("", ""));
  }

  public Variable.Shown update(
      Principal caller, Optional<VariableOwner> owner, VariableId id, VariableChanges changes) {
    database.read(db -> writable(db, caller, found(db, owner, id).owner()));
    @Nullable String ciphertext = isValueKept(changes) ? null : sealed(changes);
    Variable updated =
        database.inTransaction(db -> {
          Variable seen = found(db, owner, id);
          Holder holder = writable(db, caller, seen.owner());
          store.lock(db, holder);
          change(db, seen, changes, ciphertext, BODY);
          written(db, holder);
          return store.find(db, id).orElseThrow();
        });
    return values.showOne(updated);
  }

  /// What is to become of one of several variables.
  public record Edit(VariableId id, VariableChanges changes) {}

  /// Changes several variables of a workspace, all or none.
  public void updateAll(Principal caller, WorkspaceId workspace, List<Edit> edits) {
    VariableOwner owner = new VariableOwner.OfWorkspace(workspace);
    database.read(db -> writable(db, caller, owner));
    Iterator<String> sealed =
        values
            .seal(
                edits.stream()
                    .filter(edit -> !isValueKept(edit.changes()))
                    .map(edit -> edit.changes().value().over("", ""))
                    .toList())
            .iterator();
    List<Optional<String>> ciphertexts = new ArrayList<>();
    for (Edit edit : edits) {
      ciphertexts.add(isValueKept(edit.changes()) ? Optional.empty() : Optional.of(sealed.next()));
    }
    database.useTransaction(db -> {
      store.lock(db, writable(db, caller, owner));
      for (int at = 0; at < edits.size(); at++) {
        Edit edit = edits.get(at);
        String pointer = BODY + "/" + at;
        Variable found =
            store
                .find(db, edit.id())
                .filter(variable -> owner.equals(variable.owner()))
                .orElseThrow(() -> unknown(edit.id(), pointer));
        change(db, found, edit.changes(), ciphertexts.get(at).orElse(null), pointer);
      }
    });
  }

  private static Fault unknown(VariableId id, String pointer) {
    return new Fault.Invalid(
        List.of(
            new Fault.Problem(
                "There is no variable " + id + " in the workspace", pointer + "/id")));
  }

  public void delete(Principal caller, Optional<VariableOwner> owner, VariableId id) {
    database.useTransaction(db -> {
      Variable found = found(db, owner, id);
      Holder holder = writable(db, caller, found.owner());
      store.delete(db, found.key());
      written(db, holder);
    });
  }

  /// A new variable, checked and encrypted.
  ///
  /// @param pointer to it in what the client sent
  public record Prepared(Variable.Definition definition, String ciphertext, String pointer) {
    @Override
    public String toString() {
      return "Prepared[" + definition.name() + "]";
    }
  }

  /// Asks vault, so it is nothing for a transaction.
  ///
  /// @param pointer to each of them, by its number
  public List<Prepared> prepare(List<VariableChanges> asked, IntFunction<String> pointer) {
    List<Variable.Definition> definitions = new ArrayList<>();
    for (int at = 0; at < asked.size(); at++) {
      definitions.add(new VariableRules(pointer.apply(at)).define(asked.get(at)));
    }
    List<String> sealed =
        values.seal(asked.stream().map(variable -> variable.value().over("", "")).toList());
    List<Prepared> prepared = new ArrayList<>();
    for (int at = 0; at < asked.size(); at++) {
      prepared.add(new Prepared(definitions.get(at), sealed.get(at), pointer.apply(at)));
    }
    return prepared;
  }

  /// Puts variables into a set, of whose rights its own package has taken care.
  public void addToSet(Handle db, long setKey, List<Prepared> variables) {
    variables.forEach(prepared -> insert(db, Holder.set(setKey), prepared));
  }

  private void change(
      Handle db,
      Variable seen,
      VariableChanges changes,
      @Nullable String ciphertext,
      String pointer) {
    Variable before = store.find(db, seen.id()).orElseThrow(Fault.NotFound::new);
    Variable.Definition definition = new VariableRules(pointer).edit(before.definition(), changes);
    Written written = new Written(definition, ciphertext, VariableValues.newVersion());
    if (!store.update(db, before.key(), written)) {
      throw keyIsTaken(pointer);
    }
  }

  private static boolean isValueKept(VariableChanges changes) {
    return changes.value() instanceof Patch.Absent;
  }

  private String sealed(VariableChanges changes) {
    return values.seal(List.of(changes.value().over("", ""))).getFirst();
  }

  private Variable insert(Handle db, Holder holder, Prepared prepared) {
    store.lock(db, holder);
    VariableId id = new VariableId(ids.next(VariableId.PREFIX));
    Written written =
        new Written(prepared.definition(), prepared.ciphertext(), VariableValues.newVersion());
    if (!store.insert(db, holder, id, written, clock.instant())) {
      throw keyIsTaken(prepared.pointer());
    }
    written(db, holder);
    return store.find(db, id).orElseThrow();
  }

  private Variable found(Handle db, Optional<VariableOwner> owner, VariableId id) {
    return store
        .find(db, id)
        .filter(found -> owner.isEmpty() || owner.get().equals(found.owner()))
        .orElseThrow(Fault.NotFound::new);
  }

  private Holder readable(Handle db, Principal caller, VariableOwner owner) {
    return switch (owner) {
      case VariableOwner.OfWorkspace(WorkspaceId id) ->
          ofWorkspace(db, caller, id, WorkspaceRight.READ_VARIABLES);
      case VariableOwner.OfSet(VariableSetId id) -> Holder.set(sets.visible(db, caller, id));
    };
  }

  private Holder writable(Handle db, Principal caller, VariableOwner owner) {
    return switch (owner) {
      case VariableOwner.OfWorkspace(WorkspaceId id) ->
          ofWorkspace(db, caller, id, WorkspaceRight.WRITE_VARIABLES);
      case VariableOwner.OfSet(VariableSetId id) -> Holder.set(sets.writable(db, caller, id));
    };
  }

  private Holder ofWorkspace(Handle db, Principal caller, WorkspaceId id, WorkspaceRight right) {
    return Holder.workspace(access.workspace(db, caller, id).require(right).key());
  }

  private void written(Handle db, Holder holder) {
    Long set = holder.set();
    if (set != null) {
      sets.written(db, set);
    }
  }

  private static Fault keyIsTaken(String pointer) {
    return new Fault.Invalid(
        List.of(new Fault.Problem("Key has already been taken", pointer + "/attributes/key")));
  }
}
