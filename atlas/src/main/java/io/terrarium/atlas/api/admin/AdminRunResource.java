package io.terrarium.atlas.api.admin;

import io.terrarium.core.StatusTimestamps;
import io.terrarium.core.admin.AdminRun;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.Map;

/// A run on the wire, as site admins see it.
final class AdminRunResource {
  static final String TYPE = "runs";

  private AdminRunResource() {}

  record Attributes(
      String status, StatusTimestamps statusTimestamps, boolean hasChanges, Instant createdAt) {}

  static Resource of(AdminRun run) {
    return new Resource(
        run.id().value(),
        TYPE,
        new Attributes(run.status(), run.timestamps(), run.hasChanges(), run.createdAt()),
        Map.of("workspace", Relationship.one(AdminWorkspaceResource.TYPE, run.workspace().value())),
        Map.of("self", "/api/v2/runs/" + run.id()));
  }
}
