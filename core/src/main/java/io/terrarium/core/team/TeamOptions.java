package io.terrarium.core.team;

import io.terrarium.core.access.OrganizationPermission;
import io.terrarium.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What people choose for a team.
///
/// @param visibility `secret` or `organization`
public record TeamOptions(
    String name,
    @Nullable String description,
    String visibility,
    @Nullable String ssoTeamId,
    boolean allowMemberTokenManagement,
    Set<OrganizationPermission> organizationAccess) {
  private static final Pattern NAME = Pattern.compile("[\\w-]([\\w -]{0,88}[\\w-])?");
  private static final int TEXT_LENGTH_MAX = 255;

  public TeamOptions {
    organizationAccess = Set.copyOf(organizationAccess);
  }

  /// Of a new team, before its maker says anything.
  public static TeamOptions fresh() {
    return new TeamOptions("", null, "secret", null, true, Set.of());
  }

  void check() {
    List<Fault.Problem> problems = new ArrayList<>();
    if (!NAME.matcher(name).matches()) {
      problems.add(
          problem("name", "Name must have 1 to 90 letters, digits, dashes, underscores or spaces"));
    }
    if (!visibility.equals("secret") && !visibility.equals("organization")) {
      problems.add(problem("visibility", "Visibility must be secret or organization"));
    }
    if (description != null && description.length() > TEXT_LENGTH_MAX) {
      problems.add(problem("description", "Description is longer than 255 characters"));
    }
    if (ssoTeamId != null && ssoTeamId.length() > TEXT_LENGTH_MAX) {
      problems.add(problem("sso-team-id", "Sso team id is longer than 255 characters"));
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }

  private static Fault.Problem problem(String attribute, String detail) {
    return new Fault.Problem(detail, "/data/attributes/" + attribute);
  }
}
