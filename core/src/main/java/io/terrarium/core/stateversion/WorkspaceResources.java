package io.terrarium.core.stateversion;

import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.id.WorkspaceResourceId;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jdbi.v3.core.Handle;

/// The resources of workspaces, as their current states have them.
public final class WorkspaceResources {
  private static final String PURPOSE = "terrarium resource fingerprint v1";
  private static final int FINGERPRINT_BYTES = 12;

  private final Database database;
  private final Access access;
  private final Mac mac;
  private final Ids ids;
  private final Clock clock;
  private final ResourceStore store = new ResourceStore();

  /// @param rootSecret the fingerprints' key is derived from it
  public WorkspaceResources(
      Database database, Access access, Secret rootSecret, Ids ids, Clock clock) {
    this.database = database;
    this.access = access;
    byte[] key = Mac.sha256(rootSecret).sign(PURPOSE);
    this.mac = Mac.sha256(new Secret(HexFormat.of().formatHex(key)));
    this.ids = ids;
    this.clock = clock;
  }

  public Paged<WorkspaceResource> list(
      Principal caller, WorkspaceId workspace, ResourceFilter filter, Page page) {
    return database.read(db -> {
      long key = access.workspace(db, caller, workspace).require(WorkspaceRight.READ_STATE).key();
      return store.list(db, key, filter, page);
    });
  }

  /// The workspace has what stands in `parsed`, and nothing else, if that is still its state. Said
  /// twice it changes nothing; what comes late finds another state there.
  void replace(
      Handle db, long workspaceKey, long versionKey, StateVersionId id, ParsedState parsed) {
    ResourceStore.Source source = new ResourceStore.Source(workspaceKey, versionKey, id);
    if (store.isCurrent(db, source)) {
      store.replace(
          db,
          source,
          ResourceRow.of(parsed),
          this::fingerprint,
          () -> ids.next(WorkspaceResourceId.PREFIX),
          clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
  }

  private String fingerprint(ResourceRow row) {
    byte[] signature = mac.sign(row.address() + " " + row.digest());
    return HexFormat.of().formatHex(signature, 0, FINGERPRINT_BYTES);
  }
}
