package io.terrarium.atlas;

import io.terrarium.contracts.build.BuildEvent.Changes;
import java.util.List;

/// Workspaces of acme in which runs have been applied, and what is left of them.
final class AppliedWorkspaces {
  private static final Changes CHANGES = new Changes(1, 0, 0, 0);

  private final AtlasFixture atlas;
  private final Tenants server;
  private final MeshWorker worker;

  AppliedWorkspaces(AtlasFixture atlas, Tenants server) {
    this.atlas = atlas;
    this.server = server;
    this.worker = new MeshWorker(atlas);
  }

  /// A workspace with two applied states and two configurations.
  String twice(String name) {
    String workspace = server.readyWorkspace(name);
    apply(workspace, 1);
    applyAgain(workspace, 2);
    return workspace;
  }

  /// With a new configuration.
  Answer applyAgain(String workspace, int serial) {
    atlas.objects().put(server.configuration(workspace).attribute("upload-url").asText(), "again");
    return apply(workspace, serial);
  }

  Answer apply(String workspace, int serial) {
    Answer run = server.run(workspace, "{\"auto-apply\":true}");
    worker.finishPlan(worker.claim(run.related("plan")), CHANGES);
    worker.finishApply(
        worker.claim(run.related("apply")),
        "{\"version\":4,\"lineage\":\"L\",\"serial\":" + serial + "}",
        CHANGES);
    return run;
  }

  /// Newest first, as configurations.
  Answer states(String name) {
    return server.get(
        "alice",
        "/state-versions?filter%5Borganization%5D%5Bname%5D=acme"
            + "&filter%5Bworkspace%5D%5Bname%5D="
            + name);
  }

  Answer configurations(String workspace) {
    return server.get("alice", "/workspaces/" + workspace + "/configuration-versions");
  }

  static List<String> statuses(Answer listed) {
    return listed.listed("status");
  }
}
