package io.terrarium.core.organization;

import io.terrarium.core.organization.Organization.OrganizationOptions;
import io.terrarium.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an organization's options may be.
final class OrganizationRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{3,60}");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Set<String> EXECUTION_MODES = Set.of("remote", "local");
  private static final Set<String> AUTH_POLICIES = Set.of("password", "two_factor_mandatory");

  /// Where there are pages below `/app` that are of no organization.
  private static final Set<String> RESERVED =
      Set.of("admin", "live", "mesh", "organizations", "settings");

  private final List<Fault.Problem> problems = new ArrayList<>();

  private OrganizationRules() {}

  /// @throws Fault.Invalid naming everything that is wrong
  static void check(OrganizationOptions options) {
    OrganizationRules rules = new OrganizationRules();
    rules.require(
        NAME.matcher(options.name()).matches(),
        "name",
        "Name must have 3 to 60 letters, digits, dashes or underscores");
    rules.require(
        EMAIL.matcher(options.email()).matches(), "email", "Email must be an e-mail address");
    rules.require(
        EXECUTION_MODES.contains(options.defaultExecutionMode()),
        "default-execution-mode",
        "Default execution mode must be remote or local");
    rules.require(
        AUTH_POLICIES.contains(options.collaboratorAuthPolicy()),
        "collaborator-auth-policy",
        "Collaborator auth policy must be password or two_factor_mandatory");
    rules.require(
        isPositive(options.sessionTimeoutMinutes()),
        "session-timeout",
        "Session timeout must be at least 1 minute");
    rules.require(
        isPositive(options.sessionRememberMinutes()),
        "session-remember",
        "Session remember must be at least 1 minute");
    if (!rules.problems.isEmpty()) {
      throw new Fault.Invalid(rules.problems);
    }
  }

  /// Whether no organization may be called so any more.
  static boolean isReserved(String name) {
    return RESERVED.contains(name.toLowerCase(Locale.ROOT));
  }

  private void require(boolean holds, String attribute, String detail) {
    if (!holds) {
      problems.add(new Fault.Problem(detail, "/data/attributes/" + attribute));
    }
  }

  private static boolean isPositive(@Nullable Integer minutes) {
    return minutes == null || minutes > 0;
  }
}
