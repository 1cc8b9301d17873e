package io.terrarium.core.readme;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.ReadmeId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of READMEs.
final class ReadmeStore {
  private static final String SLUG =
      """
      SELECT c.object_id, w.working_directory
        FROM configuration_versions c JOIN workspaces w ON w.id = c.workspace_id
       WHERE c.external_id = :id AND c.status = 'uploaded' AND NOT c.is_speculative
         AND NOT EXISTS (SELECT FROM workspace_readmes known
                          WHERE known.workspace_id = c.workspace_id
                            AND known.configuration_version_id >= c.id)
      """;

  private static final String KEEP =
      """
      INSERT INTO workspace_readmes AS known (workspace_id, configuration_version_id, markdown)
      SELECT workspace_id, id, CAST(:markdown AS text)
        FROM configuration_versions WHERE external_id = :id
      ON CONFLICT (workspace_id) DO UPDATE
         SET configuration_version_id = excluded.configuration_version_id,
             markdown = excluded.markdown
       WHERE known.configuration_version_id <= excluded.configuration_version_id
      """;

  private static final String LIST =
      """
      SELECT id, markdown FROM workspace_readmes
       WHERE workspace_id = ANY (:workspaces) AND markdown IS NOT NULL
       ORDER BY id
      """;

  /// A configuration to look through.
  record Slug(String objectId, String workingDirectory) {}

  Optional<Slug> slug(Handle db, ConfigurationVersionId id) {
    return db.createQuery(SLUG)
        .bind("id", id.value())
        .map((row, _) -> new Slug(row.getString("object_id"), row.getString("working_directory")))
        .findOne();
  }

  /// False when that of a newer configuration is known, or the workspace is gone.
  boolean keep(Handle db, ConfigurationVersionId id, Optional<String> markdown) {
    return db.createUpdate(KEEP)
            .bind("id", id.value())
            .bind("markdown", markdown.orElse(null))
            .execute()
        == 1;
  }

  List<Readme> list(Handle db, List<Long> workspaceKeys) {
    return db.createQuery(LIST)
        .bindArray("workspaces", Long.class, workspaceKeys)
        .map((row, _) -> new Readme(new ReadmeId(row.getString("id")), row.getString("markdown")))
        .list();
  }
}
