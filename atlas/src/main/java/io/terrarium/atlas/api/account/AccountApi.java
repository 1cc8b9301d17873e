package io.terrarium.atlas.api.account;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.session.Sessions;
import io.terrarium.core.settings.Settings;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;

/// The caller's own account, and other people by id.
public final class AccountApi {
  private final Users users;
  private final Sessions sessions;
  private final Settings settings;

  public AccountApi(Users users, Sessions sessions, Settings settings) {
    this.users = users;
    this.sessions = sessions;
    this.settings = settings;
  }

  public void mount(Api api) {
    api.get("/api/v2/account/details", this::details);
    api.patch("/api/v2/account/update", this::update);
    api.patch("/api/v2/account/password", this::changePassword);
    api.get("/api/v2/users/:user_id", this::show);
  }

  private Reply details(Call call) {
    Principal principal = call.get(Principal.class);
    return switch (principal) {
      case OrganizationPrincipal organization ->
          Reply.document(200, ServiceAccountResource.of(organization));
      case TeamPrincipal team -> Reply.document(200, ServiceAccountResource.of(team));
      case UserPrincipal _, RunPrincipal _ -> own(users.self(principal));
    };
  }

  private Reply update(Call call) {
    Principal principal = call.get(Principal.class);
    Access.requireUser(principal);
    Incoming incoming = Incoming.of(call, UserResource.TYPE);
    var username = incoming.text("username");
    var email = incoming.text("email");
    incoming.check();
    return own(users.update(principal, username, email));
  }

  private Reply changePassword(Call call) {
    UserPrincipal user = Access.requireUser(call.get(Principal.class));
    Incoming incoming = Incoming.of(call, UserResource.TYPE);
    Secret current = password(incoming, "current_password");
    Secret password = password(incoming, "password");
    Secret confirmation = password(incoming, "password_confirmation");
    incoming.check();
    return own(
        users.changePassword(
            user, current, password, confirmation, db -> sessions.endAll(db, user.userKey())));
  }

  private static Secret password(Incoming incoming, String attribute) {
    return new Secret(
        incoming
            .text(attribute)
            .given()
            .orElseGet(() -> {
              incoming.problem(attribute, "is missing");
              return "";
            }));
  }

  private Reply show(Call call) {
    Principal principal = call.get(Principal.class);
    User user = users.find(principal, call.path("user_id", UserId::new));
    return user.key() == Access.requireUser(principal).userKey()
        ? own(user)
        : Reply.document(200, Document.of(UserResource.other(user)));
  }

  /// In outline, for `include=created_by` of other resources; none for who is gone, or belongs to
  /// no common organization.
  public List<Resource> resources(Principal caller, List<UserId> ids) {
    return users.findAll(caller, ids).stream().map(UserResource::other).toList();
  }

  /// Somebody who is invited and has no account yet.
  public static Resource invited(UserId id, String email) {
    return UserResource.invited(id, email);
  }

  private Reply own(User user) {
    boolean canCreate = user.siteAdmin() || !settings.current().limitUserOrganizationCreation();
    return Reply.document(200, UserResource.own(user, canCreate));
  }
}
