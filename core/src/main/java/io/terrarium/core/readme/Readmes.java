package io.terrarium.core.readme;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.RunObjects;
import io.terrarium.kernel.database.Database;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// READMEs of workspaces. A workspace has that of its newest uploaded configuration, speculative
/// ones aside, and keeps it when the files of that configuration go.
public final class Readmes {
  private static final Logger log = LoggerFactory.getLogger(Readmes.class);

  private final Database database;
  private final Outbox outbox;
  private final RunObjects objects;
  private final ReadmeStore store = new ReadmeStore();

  public Readmes(Database database, Outbox outbox, RunObjects objects) {
    this.database = database;
    this.outbox = outbox;
    this.objects = objects;
  }

  /// Where a README may be.
  ///
  /// @param slugPath signed path of the configuration's slug
  /// @param workingDirectory of the workspace now; a change shows with the next configuration
  public record Place(String slugPath, String workingDirectory) {}

  /// Where a configuration has its README, if it has one; empty when it is gone, or when it or a
  /// newer one has been looked through.
  public Optional<Place> place(ConfigurationVersionId id) {
    return database
        .read(db -> store.slug(db, id))
        .map(slug -> new Place(objects.read(slug.objectId()), slug.workingDirectory()));
  }

  /// Keeps what a configuration was found to have, unless that of a newer one is known, and that
  /// the job `jid` has been done.
  public void keep(ConfigurationVersionId id, Optional<String> markdown, String jid) {
    database.useTransaction(db -> {
      if (store.keep(db, id, markdown)) {
        log.atInfo()
            .addKeyValue("configuration_version_id", id)
            .addKeyValue("found", markdown.isPresent())
            .log("readme looked for");
      }
      outbox.done(db, jid);
    });
  }

  /// Those of workspaces that their reader was shown: whoever sees a workspace may read it.
  public List<Readme> ofWorkspaces(List<WorkspaceAccess> shown) {
    List<Long> keys = shown.stream().map(WorkspaceAccess::key).toList();
    return database.read(db -> store.list(db, keys));
  }
}
