package io.terrarium.atlas.api.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.account.User;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A person on the wire: in full to themselves, in outline to others.
final class UserResource {
  static final String TYPE = "users";

  private UserResource() {}

  record Own(
      String username,
      boolean isServiceAccount,
      String authMethod,
      String avatarUrl,
      boolean v2Only,
      boolean isSiteAdmin,
      boolean isAdmin,
      boolean isSsoLogin,
      boolean isConfirmed,
      boolean isUnified,
      boolean isSudo,
      String email,
      @Nullable String unconfirmedEmail,
      boolean enterpriseSupport,
      boolean hasLinkedHcp,
      @JsonProperty("has-git-hub-app-token") boolean hasGitHubAppToken,
      TwoFactor twoFactor,
      UserPermissions permissions) {}

  record Other(
      String username,
      boolean isServiceAccount,
      String authMethod,
      String avatarUrl,
      boolean v2Only) {}

  record Invited(
      @Nullable String username,
      boolean isServiceAccount,
      String authMethod,
      String avatarUrl,
      boolean v2Only,
      String email) {}

  record TwoFactor(boolean enabled, boolean verified) {}

  static Document own(User user, boolean canCreateOrganization) {
    Own attributes =
        new Own(
            user.username(),
            false,
            "tfc",
            Avatar.of(user.email()),
            false,
            user.siteAdmin(),
            user.siteAdmin(),
            false,
            true,
            false,
            false,
            user.email(),
            null,
            true,
            false,
            false,
            new TwoFactor(false, false),
            UserPermissions.of(user.siteAdmin(), canCreateOrganization));
    return Document.of(
        new Resource(
            user.id().value(),
            TYPE,
            attributes,
            Map.of(
                "authentication-tokens",
                Relationship.linked(self(user) + "/authentication-tokens"),
                "authenticated-resource",
                Relationship.one(TYPE, user.id().value(), self(user))),
            Map.of("self", self(user))));
  }

  static Resource other(User user) {
    return new Resource(
        user.id().value(),
        TYPE,
        new Other(user.username(), false, "tfc", Avatar.of(user.email()), false),
        Map.of(),
        Map.of("self", self(user)));
  }

  static Resource invited(UserId id, String email) {
    return new Resource(
        id.value(),
        TYPE,
        new Invited(null, false, "tfc", Avatar.of(email), false, email),
        Map.of(),
        Map.of("self", "/api/v2/users/" + id));
  }

  private static String self(User user) {
    return "/api/v2/users/" + user.id().value();
  }
}
