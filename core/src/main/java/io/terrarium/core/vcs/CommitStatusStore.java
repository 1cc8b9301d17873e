package io.terrarium.core.vcs;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL of what is shown beside commits.
final class CommitStatusStore {
  private static final String SUBJECT =
      """
      SELECT r.external_id, w.name AS workspace, o.name AS organization,
             o.aggregated_commit_status_enabled, i.commit_sha, i.vcs_repository_id
        FROM runs r JOIN workspaces w ON w.id = r.workspace_id
             JOIN organizations o ON o.id = r.organization_id
             JOIN ingress_attributes i ON i.configuration_version_id = r.configuration_version_id
       WHERE r.external_id = :run AND i.commit_sha IS NOT NULL AND i.vcs_repository_id IS NOT NULL
      """;

  private static final String PLANS =
      """
      SELECT r.status, p.status AS plan_status, coalesce(p.resource_additions, 0) AS additions,
             coalesce(p.resource_changes, 0) AS changes,
             coalesce(p.resource_destructions, 0) AS destructions
        FROM runs r JOIN phases p ON p.run_id = r.id AND p.phase = 'plan'
      """;

  /// A commit may have been planned before: by the push of its branch, then by a pull request.
  private static final String BESIDE =
      PLANS
          + """
                JOIN ingress_attributes i ON i.configuration_version_id = r.configuration_version_id
           WHERE i.vcs_repository_id = :repository AND i.commit_sha = :sha
             AND r.trigger_reason = 'vcs'
             AND NOT EXISTS (
               SELECT FROM runs later
                      JOIN ingress_attributes l
                        ON l.configuration_version_id = later.configuration_version_id
                WHERE l.vcs_repository_id = :repository AND l.commit_sha = :sha
                  AND later.trigger_reason = 'vcs' AND later.workspace_id = r.workspace_id
                  AND later.id > r.id)
           ORDER BY r.id
          """;

  private static final String UNTOUCHED =
      """
      SELECT w.name, o.name
        FROM workspaces w JOIN organizations o ON o.id = w.organization_id
       WHERE w.vcs_repository_id = :repository AND w.external_id = ANY (:ids)
       ORDER BY w.id
      """;

  /// A run whose commit is shown something.
  ///
  /// @param isAggregated whether all workspaces share one status of a commit
  record Subject(
      RunId run,
      String workspace,
      String organization,
      boolean isAggregated,
      String sha,
      long repositoryKey) {}

  /// The plan of a run, as far as it is.
  record Plan(String runStatus, String planStatus, int additions, int changes, int destructions) {}

  Optional<Subject> subject(Handle db, RunId run) {
    return db.createQuery(SUBJECT)
        .bind("run", run.value())
        .map((row, _) ->
            new Subject(
                new RunId(row.getString("external_id")),
                row.getString("workspace"),
                row.getString("organization"),
                row.getBoolean("aggregated_commit_status_enabled"),
                row.getString("commit_sha"),
                row.getLong("vcs_repository_id")))
        .findOne();
  }

  /// Of all workspaces that the commit was planned in, the last of each.
  List<Plan> beside(Handle db, Subject subject) {
    return plans(
        db.createQuery(BESIDE)
            .bind("repository", subject.repositoryKey())
            .bind("sha", subject.sha()));
  }

  List<Plan> alone(Handle db, Subject subject) {
    return plans(
        db.createQuery(PLANS + " WHERE r.external_id = :run").bind("run", subject.run().value()));
  }

  /// A workspace that nothing in a commit matters to.
  record Untouched(String workspace, String organization) {}

  /// Those that still follow the repository.
  List<Untouched> untouched(Handle db, long repositoryKey, List<WorkspaceId> ids) {
    return db.createQuery(UNTOUCHED)
        .bind("repository", repositoryKey)
        .bindArray("ids", String.class, ids.stream().map(WorkspaceId::value).toList())
        .map((row, _) -> new Untouched(row.getString(1), row.getString(2)))
        .list();
  }

  private static List<Plan> plans(Query query) {
    return query
        .map((row, _) ->
            new Plan(
                row.getString("status"),
                row.getString("plan_status"),
                row.getInt("additions"),
                row.getInt("changes"),
                row.getInt("destructions")))
        .list();
  }
}
