package io.terrarium.atlas.audit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What a route does to what, in the words of the audit log. It follows from the route itself, so
/// that a new one is audited before anybody has thought of it.
///
/// @param resource such as `run`
/// @param action such as `create`, `destroy` or `force_cancel`
record AuditedAction(String resource, String action) {
  private static final Set<String> MAKE = Set.of("create", "rollback");

  /// Things of their own, although the API has them among the relationships of others.
  private static final Set<String> OWN_THINGS = Set.of("vars", "data-retention-policy");

  /// What belongs to another thing, although the API has it beside its relationships too.
  private static final String TAG_BINDINGS = "tag-bindings";

  private static final String PROVIDER =
      "/api/v2/organizations/:organization_name/registry-providers/:registry_name/:namespace/:provider_name";

  private static final String PAGES = "app";

  private static final String WORKSPACE_PAGE =
      "POST /app/:organization_name/workspaces/:workspace_name";

  private static final String MODULE_PAGE =
      "POST /app/:organization_name/registry/modules/private/:namespace/:module_name/:provider";

  private static final String PROVIDER_PAGE =
      "POST /app/:organization_name/registry/providers/private/:namespace/:provider_name";

  private static final String CONNECTION_PAGE =
      "POST /app/:organization_name/settings/version-control";

  private static final String TOKEN_PAGES =
      "/app/:organization_name/settings/authentication-tokens";

  private static final String ACCESS_PAGES =
      "/app/:organization_name/workspaces/:workspace_name/settings/access";

  private static final String MEMBER_PAGES = "/app/:organization_name/settings/users";

  private static final Map<String, AuditedAction> IN_OTHER_WORDS =
      Map.ofEntries(
          Map.entry("POST /admin/initial-admin-user", new AuditedAction("user", "create")),
          Map.entry("POST /admin/account/new", new AuditedAction("user", "create")),
          Map.entry("POST /account/password/edit", new AuditedAction("user", "update_password")),
          Map.entry(
              WORKSPACE_PAGE + "/tags/add", new AuditedAction("workspace", "add_tag_bindings")),
          Map.entry(WORKSPACE_PAGE + "/tags/remove", new AuditedAction("workspace", "remove_tags")),
          Map.entry(
              WORKSPACE_PAGE + "/settings/ssh", new AuditedAction("workspace", "update_ssh_key")),
          Map.entry("POST /session", new AuditedAction("session", "create")),
          Map.entry(
              "POST /app/mesh/jobs/:set_name/:job_id/retry", new AuditedAction("job", "retry")),
          Map.entry(
              "POST /app/mesh/jobs/:set_name/:job_id/delete", new AuditedAction("job", "destroy")),
          Map.entry("POST /session/end", new AuditedAction("session", "destroy")),
          Map.entry("POST /oauth/authorization", new AuditedAction("terraform_login", "approve")),
          Map.entry("POST /oauth/token", new AuditedAction("authentication_token", "create")),
          Map.entry("POST /app/settings/profile", new AuditedAction("user", "update")),
          Map.entry("POST /app/settings/password", new AuditedAction("user", "update_password")),
          Map.entry(
              "POST /app/settings/sessions/end-others",
              new AuditedAction("session", "destroy_others")),
          Map.entry(
              "POST " + TOKEN_PAGES + "/organization",
              new AuditedAction("authentication_token", "create")),
          Map.entry(
              "POST " + TOKEN_PAGES + "/organization/delete",
              new AuditedAction("authentication_token", "destroy")),
          Map.entry(
              "POST " + TOKEN_PAGES + "/team", new AuditedAction("authentication_token", "create")),
          Map.entry(
              "POST " + TOKEN_PAGES + "/:token_id/delete",
              new AuditedAction("authentication_token", "destroy")),
          Map.entry(
              "POST /app/settings/tokens", new AuditedAction("authentication_token", "create")),
          Map.entry(
              "POST /app/settings/tokens/:token_id/delete",
              new AuditedAction("authentication_token", "destroy")),
          Map.entry("PATCH /api/v2/account/update", new AuditedAction("user", "update")),
          Map.entry("PATCH /api/v2/account/password", new AuditedAction("user", "update_password")),
          Map.entry(
              "DELETE /api/v2/organizations/:organization_name/team-tokens",
              new AuditedAction("authentication_token", "destroy")),
          Map.entry(
              "POST /api/v2/organizations/:organization_name/registry-modules/vcs",
              new AuditedAction("registry_module", "create")),
          Map.entry(
              "POST /api/v2/organizations/:organization_name/registry-modules/:registry_name/:namespace/:module_name/:provider/versions",
              new AuditedAction("registry_module_version", "create")),
          Map.entry(
              "POST /api/v2/registry-modules/:organization_name/:module_name/:provider/versions",
              new AuditedAction("registry_module_version", "create")),
          Map.entry(
              "POST " + PROVIDER + "/versions",
              new AuditedAction("registry_provider_version", "create")),
          Map.entry(
              "DELETE " + PROVIDER + "/versions/:version",
              new AuditedAction("registry_provider_version", "destroy")),
          Map.entry(
              "POST " + PROVIDER + "/versions/:version/platforms",
              new AuditedAction("registry_provider_platform", "create")),
          Map.entry(
              "DELETE " + PROVIDER + "/versions/:version/platforms/:os/:arch",
              new AuditedAction("registry_provider_platform", "destroy")),
          Map.entry(
              "POST /app/:organization_name/registry/modules/new",
              new AuditedAction("registry_module", "create")),
          Map.entry(
              MODULE_PAGE + "/versions", new AuditedAction("registry_module_version", "create")),
          Map.entry(MODULE_PAGE + "/delete", new AuditedAction("registry_module", "destroy")),
          Map.entry(
              MODULE_PAGE + "/:version/delete", new AuditedAction("registry_module", "destroy")),
          Map.entry(
              "POST /app/:organization_name/registry/providers/new",
              new AuditedAction("registry_provider", "create")),
          Map.entry(PROVIDER_PAGE + "/delete", new AuditedAction("registry_provider", "destroy")),
          Map.entry(
              PROVIDER_PAGE + "/:version/delete",
              new AuditedAction("registry_provider_version", "destroy")),
          Map.entry(
              PROVIDER_PAGE + "/:version/platforms/:os/:arch/delete",
              new AuditedAction("registry_provider_platform", "destroy")),
          Map.entry(
              "POST " + MEMBER_PAGES + "/new",
              new AuditedAction("organization_membership", "create")),
          Map.entry(
              "POST " + MEMBER_PAGES + "/:membership_id/delete",
              new AuditedAction("organization_membership", "destroy")),
          Map.entry("POST " + ACCESS_PAGES + "/new", new AuditedAction("team_workspace", "create")),
          Map.entry(
              "POST " + ACCESS_PAGES + "/:team_workspace_id/edit",
              new AuditedAction("team_workspace", "update")),
          Map.entry(
              "POST " + ACCESS_PAGES + "/:team_workspace_id/delete",
              new AuditedAction("team_workspace", "destroy")),
          Map.entry(CONNECTION_PAGE + "/new", new AuditedAction("oauth_client", "create")),
          Map.entry(
              CONNECTION_PAGE + "/:oauth_client_id/delete",
              new AuditedAction("oauth_client", "destroy")),
          Map.entry(
              "POST /app/admin/general-settings", new AuditedAction("general_settings", "update")),
          Map.entry(
              "POST /app/:organization_name/workspaces/:workspace_name/states/:state_version_id/rollback",
              new AuditedAction("state_version", "rollback")),
          Map.entry(
              "PATCH /api/v2/workspaces/:workspace_id/state-versions",
              new AuditedAction("state_version", "rollback")));

  /// What pages call by other words than the API.
  private static final Map<String, String> WORDS_OF_PAGES =
      Map.of(
          "edit",
          "update",
          "delete",
          "destroy",
          "variables",
          "vars",
          "notifications",
          "notification-configurations",
          "parts",
          "mesh-parts",
          PAGES,
          "organizations");

  /// A page's last word is what it does to that which stands before it; below `settings` it is what
  /// is changed.
  private static AuditedAction ofPage(List<String> words) {
    String last = words.getLast();
    int above = words.size() - 2;
    if (last.equals("new")) {
      return new AuditedAction(singular(inApi(words.get(above))), "create");
    }
    if (words.get(above).equals("settings")) {
      return new AuditedAction(singular(inApi(words.get(above - 2))), "update");
    }
    return new AuditedAction(singular(inApi(words.get(above - 1))), snake(inApi(last)));
  }

  private static String inApi(String word) {
    return WORDS_OF_PAGES.getOrDefault(word, word);
  }

  /// @param route as it was mounted, with parameters
  static AuditedAction of(String method, String route) {
    AuditedAction told = IN_OTHER_WORDS.get(method + " " + route);
    if (told != null) {
      return told;
    }
    List<String> words = Stream.of(route.split("/")).filter(word -> !word.isEmpty()).toList();
    if (words.getFirst().equals(PAGES)) {
      return ofPage(words);
    }
    int actions = words.indexOf("actions");
    if (actions > 0) {
      return new AuditedAction(
          singular(noun(words.subList(0, actions))), snake(words.get(actions + 1)));
    }
    String noun = noun(words);
    int link = words.indexOf("relationships");
    boolean isLink = link > 0 && !OWN_THINGS.contains(noun);
    if (isLink || noun.equals(TAG_BINDINGS)) {
      int owner = (link > 0 ? link : words.indexOf(noun)) - 2;
      return new AuditedAction(singular(words.get(owner)), linked(method) + "_" + snake(noun));
    }
    boolean isOfOne = words.getLast().startsWith(":");
    return new AuditedAction(singular(noun), done(method, isOfOne));
  }

  /// Whether it makes something new, which the answer names.
  boolean makes() {
    return MAKE.contains(action);
  }

  private static String noun(List<String> words) {
    return words.reversed().stream()
        .filter(word -> !word.startsWith(":"))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("a route without a word: " + words));
  }

  private static String linked(String method) {
    return switch (method) {
      case "POST" -> "add";
      case "DELETE" -> "remove";
      default -> "update";
    };
  }

  private static String done(String method, boolean isOfOne) {
    return switch (method) {
      case "POST" -> isOfOne ? "update" : "create";
      case "DELETE" -> "destroy";
      default -> "update";
    };
  }

  private static String singular(String noun) {
    String word = snake(noun);
    if (word.endsWith("ies")) {
      return word.substring(0, word.length() - "ies".length()) + "y";
    }
    return word.endsWith("s") && !word.endsWith("settings")
        ? word.substring(0, word.length() - 1)
        : word;
  }

  private static String snake(String word) {
    return word.replace('-', '_');
  }
}
