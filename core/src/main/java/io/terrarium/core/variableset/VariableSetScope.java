package io.terrarium.core.variableset;

/// Whose sets a list holds. Each is a condition on the set `s`, given the `:key` of the thing that
/// is asked.
public enum VariableSetScope {
  OF_ORGANIZATION("s.organization_id = :key"),
  /// Without those of its projects.
  OWNED_BY_ORGANIZATION("s.organization_id = :key AND s.project_id IS NULL"),
  /// All that have to do with a project, whoever owns them.
  OF_PROJECT(Conditions.REACHES_PROJECT + " OR s.project_id = :key"),
  APPLIED_TO_PROJECT(Conditions.REACHES_PROJECT),
  /// Applied to a project by the organization.
  SHARED_WITH_PROJECT("(" + Conditions.REACHES_PROJECT + ") AND s.project_id IS NULL"),
  OWNED_BY_PROJECT("s.project_id = :key"),
  APPLIED_TO_WORKSPACE(Conditions.REACHES_WORKSPACE),
  /// Could be applied to a workspace, but are not.
  APPLICABLE_TO_WORKSPACE(
      """
      EXISTS (SELECT FROM workspaces w
               WHERE w.id = :key AND w.organization_id = s.organization_id
                 AND (s.project_id IS NULL OR s.project_id = w.project_id))
      AND NOT
      """
          + Conditions.REACHES_WORKSPACE);

  private final String condition;

  VariableSetScope(String condition) {
    this.condition = condition;
  }

  String condition() {
    return condition;
  }

  private static final class Conditions {
    static final String REACHES_PROJECT =
        """
        (s.is_global AND s.organization_id = (SELECT organization_id FROM projects WHERE id = :key))
        OR (NOT s.is_global
            AND EXISTS (SELECT FROM variable_set_projects l
                         WHERE l.variable_set_id = s.id AND l.project_id = :key))
        """;

    static final String REACHES_WORKSPACE =
        """
        EXISTS (SELECT FROM applied_variable_sets a
                 WHERE a.variable_set_id = s.id AND a.workspace_id = :key)
        """;
  }
}
