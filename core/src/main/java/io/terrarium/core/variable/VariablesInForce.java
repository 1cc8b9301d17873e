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
import io.terrarium.core.variable.VariableStore.Reaching;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.util.List;

/// What becomes of variables in a workspace that they reach from several places.
public final class VariablesInForce {
  private final Database database;
  private final Access access;
  private final VariableValues values;
  private final VariableStore store = new VariableStore();

  public VariablesInForce(Database database, Access access, ValueCipher cipher) {
    this.database = database;
    this.access = access;
    this.values = new VariableValues(cipher);
  }

  /// What a run of the workspace would get now: of each key and category the one that wins, be it
  /// the workspace's own or a set's.
  public List<Variable.Shown> list(Principal caller, WorkspaceId workspace) {
    return values.show(
        database.read(db -> {
          WorkspaceAccess rights = access.workspace(db, caller, workspace);
          return store.effective(db, rights.require(WorkspaceRight.READ_VARIABLES).key());
        }));
  }

  /// The variables of a set that is applied to the workspace, and what becomes of them there.
  public List<Variable.InContext> listOfSet(
      Principal caller, WorkspaceId workspace, VariableSetId set) {
    Context context =
        database.read(db -> {
          WorkspaceAccess rights = access.workspace(db, caller, workspace);
          long key = rights.require(WorkspaceRight.READ_VARIABLES).key();
          Holder holder = store.appliedSet(db, key, set).orElseThrow(Fault.NotFound::new);
          return new Context(store.list(db, holder), store.reaching(db, key));
        });
    return values.show(context.ofSet()).stream()
        .map(shown -> inContext(shown, context.reaching()))
        .toList();
  }

  private record Context(List<Variable> ofSet, List<Reaching> reaching) {}

  /// @param reaching all that reach the workspace, the strongest first
  private static Variable.InContext inContext(Variable.Shown shown, List<Reaching> reaching) {
    List<VariableId> rivals =
        reaching.stream()
            .filter(one -> one.isLike(shown.variable().definition()))
            .map(Reaching::id)
            .distinct()
            .toList();
    // There are none when the set was taken from the workspace since.
    return rivals.isEmpty() || rivals.getFirst().equals(shown.variable().id())
        ? new Variable.InContext(shown, rivals.stream().skip(1).toList(), null)
        : new Variable.InContext(shown, List.of(), rivals.getFirst());
  }
}
