package io.terrarium.atlas.ui.team;

import io.terrarium.atlas.api.team.GivenIds;
import io.terrarium.atlas.api.team.WorkspacePermissionsRequest;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.team.TeamWorkspace;
import io.terrarium.core.team.TeamWorkspace.Level;
import io.terrarium.core.team.TeamWorkspaces;
import io.terrarium.core.team.WorkspacePermissions;
import io.terrarium.kernel.json.Kebab;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.LinkedHashMap;
import java.util.Map;

/// What people fill in for the access of a team to a workspace.
final class AccessForm {
  private static final String LEVEL = "access";

  private AccessForm() {}

  static Form blank() {
    return filled(Level.READ, WorkspacePermissions.LEAST);
  }

  static Form filled(TeamWorkspace given) {
    return filled(given.access(), given.permissions());
  }

  private static Form filled(Level level, WorkspacePermissions permissions) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(LEVEL, Kebab.of(level));
    texts.put("runs", Kebab.of(permissions.runs()));
    texts.put("variables", Kebab.of(permissions.variables()));
    texts.put("state-versions", Kebab.of(permissions.stateVersions()));
    texts.put("sentinel-mocks", Kebab.of(permissions.sentinelMocks()));
    texts.put("workspace-locking", Boolean.toString(permissions.workspaceLocking()));
    texts.put("run-tasks", Boolean.toString(permissions.runTasks()));
    texts.put("policy-overrides", Boolean.toString(permissions.policyOverrides()));
    return Form.showing(texts);
  }

  static TeamId team(Form form) {
    return new TeamId(GivenIds.relationship(form.resource(), "team"));
  }

  /// What is chosen kind by kind counts with custom access alone.
  static TeamWorkspaces.Wish wish(Form form) {
    Incoming incoming = form.resource();
    Level level = GivenIds.level(incoming, Level.class);
    WorkspacePermissionsRequest asked =
        WorkspacePermissionsRequest.of(incoming, "workspace-locking");
    incoming.check();
    return new TeamWorkspaces.Wish(
        level, before -> level == Level.CUSTOM ? asked.over(before) : before);
  }
}
