package io.terrarium.atlas.ui.team;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.core.access.OrganizationPermission;
import io.terrarium.core.team.TeamOptions;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people fill in for a team.
final class TeamForm {
  private static final String DESCRIPTION = "description";

  private TeamForm() {}

  /// The name of the box of a permission.
  static String field(OrganizationPermission permission) {
    return "organization-access." + permission.wire();
  }

  static Form filled(TeamOptions options) {
    String description = options.description();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("name", options.name());
    texts.put(DESCRIPTION, description == null ? "" : description);
    texts.put("visibility", options.visibility());
    texts.put(
        "allow-member-token-management", Boolean.toString(options.allowMemberTokenManagement()));
    for (OrganizationPermission permission : OrganizationPermission.values()) {
      texts.put(
          field(permission), Boolean.toString(options.organizationAccess().contains(permission)));
    }
    return Form.showing(texts);
  }

  /// A field that is left empty does not turn a team without a description into one whose
  /// description is empty.
  ///
  /// @param before the description until now
  static Incoming resource(Form form, @Nullable String before) {
    boolean saysNothing = before == null && form.find(DESCRIPTION).isEmpty();
    return (saysNothing ? form.without(DESCRIPTION) : form).resource();
  }
}
