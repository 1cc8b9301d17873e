package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.Visibility;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL of lists of workspaces.
final class WorkspaceListStore {
  /// Of a tag `t`, whether it has the value that is asked for, or any where none is.
  private static final String IS_VALUE =
      " ((f.value IS NULL AND NOT :isWithoutValue) OR coalesce(t.value, '') = coalesce(f.value, ''))";

  private static final String CONDITIONS =
      " WHERE w.organization_id = :organization AND"
          + Visibility.OF_WORKSPACES
          + """
             AND (:name::text IS NULL OR w.name ILIKE :name)
             AND (:project::text IS NULL OR p.external_id = :project)
             AND (cardinality(:statuses) = 0 OR current_run.status = ANY (:statuses))
             AND (cardinality(:tags) = 0
                  OR (SELECT count(*) FROM tag_bindings t
                       WHERE t.workspace_id = w.id AND t.key = ANY (:tags)) = cardinality(:tags))
             AND (cardinality(:excluded) = 0
                  OR NOT EXISTS (SELECT 1 FROM tag_bindings t
                                  WHERE t.workspace_id = w.id AND t.key = ANY (:excluded)))
             AND (cardinality(:taggedKeys) = 0 OR
                  (SELECT count(*) FROM unnest(:taggedKeys, :taggedValues) AS f (key, value)
                    WHERE EXISTS (
                            SELECT FROM tag_bindings t
                             WHERE t.workspace_id = w.id AND t.key = f.key AND
          """
          + IS_VALUE
          + """
                          ) OR EXISTS (
                            SELECT FROM project_tag_bindings t
                             WHERE t.project_id = w.project_id AND t.key = f.key
                               AND NOT EXISTS (SELECT FROM tag_bindings own
                                                WHERE own.workspace_id = w.id AND own.key = f.key)
                               AND
          """
          + IS_VALUE
          + """
                          )) >= CASE WHEN :isAnyTag THEN 1 ELSE cardinality(:taggedKeys) END)
          """;

  /// No more than what the conditions and the orders name.
  private static final String TABLES =
      """
        FROM workspaces w
             JOIN projects p ON p.id = w.project_id
             LEFT JOIN runs current_run ON current_run.id = w.current_run_id
      """;

  private static final String COUNT = "SELECT count(*) " + TABLES + CONDITIONS;

  List<Workspace> list(
      Handle db, OrganizationAccess organization, WorkspaceFilter filter, Page page) {
    return filtered(db.createQuery(page(filter.sort().sql())), organization, filter)
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> WorkspaceRow.read(row))
        .list();
  }

  /// The page is found first, and all that is told of a workspace is asked for its rows alone, not
  /// for those on the pages before. By an array, as in lists of runs.
  private static String page(String order) {
    return WorkspaceStore.COLUMNS
        + WorkspaceStore.TABLES
        + " WHERE w.id = ANY (ARRAY(SELECT w.id "
        + TABLES
        + CONDITIONS
        + " ORDER BY "
        + order
        + " LIMIT :limit OFFSET :offset)) ORDER BY "
        + order;
  }

  long count(Handle db, OrganizationAccess organization, WorkspaceFilter filter) {
    return filtered(db.createQuery(COUNT), organization, filter).mapTo(Long.class).one();
  }

  private static Query filtered(
      Query query, OrganizationAccess organization, WorkspaceFilter filter) {
    Optional<String> name =
        filter
            .wildcardName()
            .map(pattern -> LikePattern.literal(pattern).replace('*', '%'))
            .or(() -> filter.name().map(LikePattern::containing));
    return Visibility.bindWorkspaces(query, organization)
        .bind("organization", organization.key())
        .bind("name", name.orElse(null))
        .bind("project", filter.project().map(ProjectId::value).orElse(null))
        .bindArray("statuses", String.class, filter.currentRunStatuses())
        .bindArray("tags", String.class, filter.tags())
        .bindArray("excluded", String.class, filter.excludedTags())
        .bind("isAnyTag", filter.tagged().isAny())
        .bind("isWithoutValue", filter.tagged().isWithoutValue())
        .bindArray(
            "taggedKeys", String.class, filter.tagged().tags().stream().map(Tag::key).toList())
        .bindArray(
            "taggedValues",
            String.class,
            (Object[]) filter.tagged().tags().stream().map(Tag::value).toArray(String[]::new));
  }
}
