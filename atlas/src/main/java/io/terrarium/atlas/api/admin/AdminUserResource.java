package io.terrarium.atlas.api.admin;

import io.terrarium.atlas.api.account.Avatar;
import io.terrarium.core.admin.AdminUser;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;

/// A person on the wire, as site admins see them.
final class AdminUserResource {
  static final String TYPE = "users";

  private AdminUserResource() {}

  record Attributes(
      String username,
      String email,
      String avatarUrl,
      TwoFactor twoFactor,
      boolean isAdmin,
      boolean isSuspended,
      boolean isServiceAccount) {}

  record TwoFactor(boolean enabled, boolean verified) {}

  static Resource of(AdminUser user) {
    return new Resource(
        user.id().value(),
        TYPE,
        new Attributes(
            user.username(),
            user.email(),
            Avatar.of(user.email()),
            new TwoFactor(false, false),
            user.admin(),
            user.suspended(),
            false),
        Map.of(
            "organizations",
            Relationship.many(AdminOrganizationResource.TYPE, user.organizations())),
        Map.of("self", "/api/v2/users/" + user.id()));
  }
}
