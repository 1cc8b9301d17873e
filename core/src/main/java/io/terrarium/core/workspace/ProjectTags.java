package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.ProjectRight;
import io.terrarium.kernel.database.Database;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The tags of projects, which their workspaces inherit.
public final class ProjectTags implements TagHolders<ProjectId> {
  private final Database database;
  private final Access access;
  private final TagStore store = new TagStore(TagStore.Holder.PROJECT);

  public ProjectTags(Database database, Access access) {
    this.database = database;
    this.access = access;
  }

  @Override
  public List<Tag.Bound> list(Principal caller, ProjectId id) {
    return database.read(db -> store.list(db, visible(db, caller, id)));
  }

  /// Binds `tags` besides those that are bound.
  @Override
  public List<Tag.Bound> add(Principal caller, ProjectId id, List<Tag> tags) {
    WorkspaceTags.check(tags, "/data");
    return database.inTransaction(db -> {
      long key = writable(db, caller, id);
      store.bind(db, key, tags);
      return store.list(db, key);
    });
  }

  /// Binds exactly `tags`.
  @Override
  public List<Tag.Bound> replace(Principal caller, ProjectId id, List<Tag> tags) {
    WorkspaceTags.check(tags, "/data");
    return database.inTransaction(db -> {
      long key = writable(db, caller, id);
      store.bindOnly(db, key, tags);
      return store.list(db, key);
    });
  }

  /// Binds exactly `tags`, within the transaction that makes or changes the project, whose rights
  /// its own package has seen to.
  public void bindAll(Handle db, long projectKey, List<Tag> tags) {
    WorkspaceTags.check(tags, "/data/relationships/tag-bindings");
    store.bindOnly(db, projectKey, tags);
  }

  private long visible(Handle db, Principal caller, ProjectId id) {
    return access.project(db, caller, id).key();
  }

  private long writable(Handle db, Principal caller, ProjectId id) {
    return access.project(db, caller, id).require(ProjectRight.UPDATE).key();
  }
}
