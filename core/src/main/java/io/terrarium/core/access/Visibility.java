package io.terrarium.core.access;

import org.jdbi.v3.core.statement.Query;

/// The part of a list's query that leaves out what the caller's teams may not see.
public final class Visibility {
  /// On workspaces `w`.
  public static final String OF_WORKSPACES =
      """
       (:isAllVisible
        OR EXISTS (SELECT FROM team_workspaces a
                    WHERE a.workspace_id = w.id AND a.team_id = ANY (:teams))
        OR EXISTS (SELECT FROM team_projects a
                    WHERE a.project_id = w.project_id AND a.team_id = ANY (:teams)))
      """;

  /// On projects `p`: also those where a workspace may be seen.
  public static final String OF_PROJECTS =
      """
       (:isAllVisible
        OR EXISTS (SELECT FROM team_projects a
                    WHERE a.project_id = p.id AND a.team_id = ANY (:teams))
        OR EXISTS (SELECT FROM team_workspaces a JOIN workspaces v ON v.id = a.workspace_id
                    WHERE v.project_id = p.id AND a.team_id = ANY (:teams)))
      """;

  private Visibility() {}

  public static Query bindWorkspaces(Query query, OrganizationAccess access) {
    return bind(query, access, OrganizationRight.READ_ALL_WORKSPACES);
  }

  public static Query bindProjects(Query query, OrganizationAccess access) {
    return bind(query, access, OrganizationRight.READ_ALL_PROJECTS);
  }

  private static Query bind(Query query, OrganizationAccess access, OrganizationRight all) {
    return query
        .bind("isAllVisible", access.allows(all))
        .bindArray("teams", Long.class, access.teams());
  }
}
