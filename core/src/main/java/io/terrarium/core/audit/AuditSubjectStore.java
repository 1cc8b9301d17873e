package io.terrarium.core.audit;

import io.terrarium.core.audit.AuditSubject.Owner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of the subjects of the audit log.
final class AuditSubjectStore {
  private static final String OWNER =
      "SELECT o.external_id AS owner_id, o.name AS owner_name FROM organizations o WHERE ";

  private static final String OF_WORKSPACE =
      "SELECT w.organization_id FROM workspaces w JOIN %s t ON t.workspace_id = w.id"
          + " WHERE t.external_id = :id";

  private static final String OF_RUN =
      "SELECT r.organization_id FROM runs r JOIN %s t ON t.run_id = r.id WHERE t.external_id = :id";

  private static final String OF_TEAM =
      "SELECT m.organization_id FROM teams m JOIN %s t ON t.team_id = m.id"
          + " WHERE t.external_id = :id";

  private static final String OWN = "SELECT t.organization_id FROM %s t WHERE t.external_id = :id";

  private static final String OF_EITHER =
      """
      SELECT coalesce(w.organization_id, x.organization_id)
        FROM %s t LEFT JOIN workspaces w ON w.id = t.workspace_id
                  LEFT JOIN %s x ON x.id = t.%s
       WHERE t.external_id = :id
      """;

  /// How the key of the organization is found, by what an id begins with.
  private static final Map<String, String> KEYS =
      Map.ofEntries(
          Map.entry("apply", OF_RUN.formatted("phases")),
          Map.entry(
              "at",
              """
              SELECT coalesce(t.organization_id, m.organization_id)
                FROM tokens t LEFT JOIN teams m ON m.id = t.team_id
               WHERE t.external_id = :id
              """),
          Map.entry("cv", OF_WORKSPACE.formatted("configuration_versions")),
          Map.entry(
              "drp",
              """
              SELECT coalesce(t.organization_id, w.organization_id)
                FROM data_retention_policies t LEFT JOIN workspaces w ON w.id = t.workspace_id
               WHERE t.external_id = :id
              """),
          Map.entry("gpgkey", OWN.formatted("gpg_keys")),
          Map.entry("mod", OWN.formatted("registry_modules")),
          Map.entry(
              "modver",
              """
              SELECT m.organization_id
                FROM registry_module_versions t JOIN registry_modules m ON m.id = t.registry_module_id
               WHERE t.external_id = :id
              """),
          Map.entry(
              "nc", OF_EITHER.formatted("notification_configurations", "projects", "project_id")),
          Map.entry("oc", OWN.formatted("oauth_clients")),
          Map.entry(
              "ot",
              """
              SELECT c.organization_id
                FROM oauth_tokens t JOIN oauth_clients c ON c.id = t.oauth_client_id
               WHERE t.external_id = :id
              """),
          Map.entry("ottlp", OWN.formatted("token_ttl_policies")),
          Map.entry("ou", OWN.formatted("organization_memberships")),
          Map.entry("plan", OF_RUN.formatted("phases")),
          Map.entry("prj", OWN.formatted("projects")),
          Map.entry("prov", OWN.formatted("registry_providers")),
          Map.entry(
              "provpltfrm",
              """
              SELECT p.organization_id
                FROM registry_provider_platforms t
                     JOIN registry_provider_versions v ON v.id = t.registry_provider_version_id
                     JOIN registry_providers p ON p.id = v.registry_provider_id
               WHERE t.external_id = :id
              """),
          Map.entry(
              "provver",
              """
              SELECT p.organization_id
                FROM registry_provider_versions t
                     JOIN registry_providers p ON p.id = t.registry_provider_id
               WHERE t.external_id = :id
              """),
          Map.entry("rt", OF_WORKSPACE.formatted("run_triggers")),
          Map.entry("run", OWN.formatted("runs")),
          Map.entry("sshkey", OWN.formatted("ssh_keys")),
          Map.entry("sv", OF_WORKSPACE.formatted("state_versions")),
          Map.entry("team", OWN.formatted("teams")),
          Map.entry("tprj", OF_TEAM.formatted("team_projects")),
          Map.entry("tws", OF_TEAM.formatted("team_workspaces")),
          Map.entry("var", OF_EITHER.formatted("variables", "variable_sets", "variable_set_id")),
          Map.entry("varset", OWN.formatted("variable_sets")),
          Map.entry("ws", OWN.formatted("workspaces")),
          Map.entry("wsc", OF_RUN.formatted("comments")));

  /// Empty where the thing is not there, or is of a kind that belongs to no organization.
  Optional<Owner> ownerOf(Handle db, String id) {
    String key = KEYS.get(id.split("-", 2)[0]);
    return key == null
        ? Optional.empty()
        : db.createQuery(OWNER + "o.id = (" + key + ")")
            .bind("id", id)
            .map((row, _) -> owner(row))
            .findOne();
  }

  Optional<Owner> organization(Handle db, String name) {
    return db.createQuery(OWNER + "lower(o.name) = lower(:name)")
        .bind("name", name)
        .map((row, _) -> owner(row))
        .findOne();
  }

  Optional<AuditSubject> workspace(Handle db, String organization, String name) {
    return db.createQuery(
            """
            SELECT w.external_id, o.external_id AS owner_id, o.name AS owner_name
              FROM workspaces w JOIN organizations o ON o.id = w.organization_id
             WHERE lower(o.name) = lower(:organization) AND lower(w.name) = lower(:name)
            """)
        .bind("organization", organization)
        .bind("name", name)
        .map((row, _) -> new AuditSubject(row.getString("external_id"), Optional.of(owner(row))))
        .findOne();
  }

  private static Owner owner(ResultSet row) throws SQLException {
    return new Owner(row.getString("owner_id"), row.getString("owner_name"));
  }
}
