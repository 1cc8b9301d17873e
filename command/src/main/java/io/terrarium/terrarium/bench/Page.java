package io.terrarium.terrarium.bench;

import java.util.Locale;
import java.util.Map;

/// The pages that are looked at. The name in lower case is the key in JSON.
enum Page {
  ORGANIZATIONS("organizations", "/app/organizations"),
  WORKSPACES("workspaces, first page", "{organization}/workspaces"),
  WORKSPACES_LAST("workspaces, last page", "{organization}/workspaces?page%5Bnumber%5D={last}"),
  WORKSPACES_FOUND("workspaces, searched", "{organization}/workspaces?search=-0007"),
  WORKSPACE("one workspace", "{workspace}"),
  RUNS("runs, first page", "{workspace}/runs"),
  RUNS_MIDDLE("runs, middle page", "{workspace}/runs?page%5Bnumber%5D={middle}"),
  RUNS_FOUND("runs, searched", "{workspace}/runs?search=reason"),
  RUN("one run with its history", "{workspace}/runs/{run}"),
  RUN_PIECE("  its piece that changes", "{workspace}/runs/{run}"),
  RUN_NEW("new run", "{workspace}/runs/new"),
  FLOW("the way of a run", "/app/mesh/flows/{run}"),
  STATES("states", "{workspace}/states"),
  STATE("one state", "{workspace}/states/{state}"),
  STATE_CHANGES("what changed between two", "{workspace}/states/compare?from={before}&to={state}"),
  VARIABLES("variables", "{workspace}/variables"),
  WORKSPACE_SETTINGS("settings of a workspace", "{workspace}/settings/general"),
  WORKSPACE_LOCK("  its lock", "{workspace}/settings/lock"),
  WORKSPACE_REPOSITORY("  its repository", "{workspace}/settings/version-control"),
  WORKSPACE_DELETION("  its deletion", "{workspace}/settings/delete"),
  WORKSPACE_NEW("new workspace", "{organization}/workspaces/new"),
  PROJECTS("projects", "{organization}/projects"),
  VARIABLE_SETS("variable sets", "{organization}/settings/varsets"),
  VARIABLE_SET("one variable set", "{organization}/settings/varsets/{varset}"),
  MODULES("modules", "{organization}/registry/private/modules"),
  MODULE("one module", "{organization}/registry/modules/private/{module}"),
  PROVIDERS("providers", "{organization}/registry/private/providers"),
  CONNECTIONS("connections to Git hosts", "{organization}/settings/version-control"),
  VCS_EVENTS("what Git hosts sent", "{organization}/settings/vcs-events"),
  TOKENS("tokens of an organization", "{organization}/settings/authentication-tokens"),
  ORGANIZATION_SETTINGS("settings of an organization", "{organization}/settings/general"),
  PROFILE("profile", "/app/settings/profile"),
  SESSIONS("sessions", "/app/settings/sessions"),
  MESH("map of the mesh", "/app/mesh"),
  JOBS("jobs", "/app/mesh/jobs"),
  NODES("nodes", "/app/mesh/nodes"),
  ADMIN_USERS("admin: users", "/app/admin/users"),
  ADMIN_ORGANIZATIONS("admin: organizations", "/app/admin/organizations"),
  ADMIN_WORKSPACES("admin: workspaces", "/app/admin/workspaces"),
  ADMIN_RUNS("admin: runs", "/app/admin/runs"),
  ADMIN_VERSIONS("admin: versions of Terraform", "/app/admin/terraform-versions"),
  ADMIN_SETTINGS("admin: general settings", "/app/admin/general-settings");

  private final String words;
  private final String path;

  /// @param path with the names of what differs from mesh to mesh between braces
  Page(String words, String path) {
    this.words = words;
    this.path = path;
  }

  /// How a browser asks for it.
  record Request(String path, boolean isPiece) {}

  /// What was measured of one.
  ///
  /// @param millisP50 from a request to the first byte of its answer
  /// @param kb of the answer's body, as it came
  /// @param queries that atlas sends to PostgreSQL for it
  record Seen(double millisP50, double millisP99, double kb, double queries) {
    Seen with(double found) {
      return new Seen(millisP50, millisP99, kb, found);
    }

    /// The greatest of each.
    Seen or(Seen other) {
      return new Seen(
          Math.max(millisP50, other.millisP50),
          Math.max(millisP99, other.millisP99),
          Math.max(kb, other.kb),
          Math.max(queries, other.queries));
    }
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String words() {
    return words;
  }

  /// @param names of what stands between the braces
  Request request(Map<String, String> names) {
    String whole = path;
    for (Map.Entry<String, String> name : names.entrySet()) {
      whole = whole.replace("{" + name.getKey() + "}", name.getValue());
    }
    return new Request(whole, this == RUN_PIECE);
  }
}
