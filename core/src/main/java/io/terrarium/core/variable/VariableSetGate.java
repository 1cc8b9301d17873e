package io.terrarium.core.variable;

import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.core.access.Principal;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The way to the sets that variables are in; what the caller may not do is not found.
public interface VariableSetGate {
  /// The key of a set whose variables the caller may see.
  long visible(Handle db, Principal caller, VariableSetId id);

  /// The keys of those sets whose variables the caller may see.
  List<Long> visible(Handle db, Principal caller, List<VariableSetId> ids);

  /// The key of a set whose variables the caller may change. Until the end of the transaction
  /// nobody else changes a set of its organization.
  long writable(Handle db, Principal caller, VariableSetId id);

  /// After a variable of the set was written.
  void written(Handle db, long key);
}
