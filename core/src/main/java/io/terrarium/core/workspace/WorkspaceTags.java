package io.terrarium.core.workspace;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The tags of workspaces, plain ones and those with a value.
public final class WorkspaceTags implements TagHolders<WorkspaceId> {
  private final Database database;
  private final Access access;
  private final TagStore store = new TagStore();

  public WorkspaceTags(Database database, Access access) {
    this.database = database;
    this.access = access;
  }

  @Override
  public List<Tag.Bound> list(Principal caller, WorkspaceId id) {
    return database.read(
        db -> store.list(db, access.workspace(db, caller, id).require(WorkspaceRight.READ).key()));
  }

  /// The tags that take effect somewhere.
  ///
  /// @param inherited what is bound to the project, and not to the workspace itself
  public record Effective(List<Tag.Bound> own, List<Tag.Inherited> inherited) {}

  public Effective effective(Principal caller, WorkspaceId id) {
    return database.read(db ->
        effective(
            db, List.of(access.workspace(db, caller, id).require(WorkspaceRight.READ).key())));
  }

  /// Of all these together.
  public Effective effective(List<Visible> workspaces) {
    return database.read(db ->
        effective(db, workspaces.stream().map(visible -> visible.workspace().key()).toList()));
  }

  private Effective effective(Handle db, List<Long> keys) {
    return new Effective(store.list(db, keys), store.inherited(db, keys));
  }

  /// Binds `tags` besides those that are bound.
  @Override
  public List<Tag.Bound> add(Principal caller, WorkspaceId id, List<Tag> tags) {
    check(tags, "/data");
    return database.inTransaction(db -> {
      long key = writable(db, caller, id);
      store.bind(db, key, tags);
      return store.list(db, key);
    });
  }

  /// Binds exactly `tags`.
  @Override
  public List<Tag.Bound> replace(Principal caller, WorkspaceId id, List<Tag> tags) {
    check(tags, "/data");
    return database.inTransaction(db -> {
      long key = writable(db, caller, id);
      store.bindOnly(db, key, tags);
      return store.list(db, key);
    });
  }

  public void addPlain(Principal caller, WorkspaceId id, List<String> names) {
    check(names.stream().map(name -> new Tag(name, null)).toList(), "/data");
    database.useTransaction(db -> store.bindPlain(db, writable(db, caller, id), names));
  }

  /// @param suffixes of ids of tags
  public void remove(Principal caller, WorkspaceId id, List<String> names, List<String> suffixes) {
    database.useTransaction(db -> store.unbind(db, writable(db, caller, id), names, suffixes));
  }

  private long writable(Handle db, Principal caller, WorkspaceId id) {
    WorkspaceAccess found = access.workspace(db, caller, id);
    return found.require(WorkspaceRight.UPDATE_SETTINGS).key();
  }

  /// @param pointer to them in what the client sent
  static void check(List<Tag> tags, String pointer) {
    List<Fault.Problem> problems =
        tags.stream()
            .map(Tag::problem)
            .flatMap(Optional::stream)
            .map(detail -> new Fault.Problem(detail, pointer))
            .toList();
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }
}
