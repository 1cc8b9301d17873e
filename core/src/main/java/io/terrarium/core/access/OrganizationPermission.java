package io.terrarium.core.access;

import io.terrarium.kernel.json.Kebab;
import java.util.Optional;

/// What a team may be given in a whole organization, by the API's names (`organization-access`).
public enum OrganizationPermission {
  MANAGE_POLICIES,
  MANAGE_POLICY_OVERRIDES,
  DELEGATE_POLICY_OVERRIDES,
  MANAGE_WORKSPACES,
  MANAGE_VCS_SETTINGS,
  MANAGE_PROVIDERS,
  MANAGE_MODULES,
  MANAGE_RUN_TASKS,
  MANAGE_PROJECTS,
  READ_WORKSPACES,
  READ_PROJECTS,
  MANAGE_MEMBERSHIP,
  MANAGE_TEAMS,
  MANAGE_ORGANIZATION_ACCESS,
  ACCESS_SECRET_TEAMS,
  MANAGE_AGENT_POOLS;

  /// As in the API and in the database, such as `manage-workspaces`.
  public String wire() {
    return Kebab.of(this);
  }

  public static Optional<OrganizationPermission> ofWire(String wire) {
    return Kebab.read(wire, OrganizationPermission.class);
  }
}
