package io.terrarium.atlas.api.admin;

import io.terrarium.atlas.api.Includes;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminUser;
import io.terrarium.core.admin.AdminUserFilter;
import io.terrarium.core.admin.AdminUsers;
import io.terrarium.core.admin.Counted;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import java.util.function.BiFunction;

/// The accounts of all people, for site admins.
final class AdminUsersApi {
  private static final String ALL = "/api/v2/admin/users";
  private static final String ONE = ALL + "/:user_id";

  private final AdminUsers users;
  private final Includes<AdminUser> includes;

  AdminUsersApi(AdminUsers users, Includes<AdminUser> includes) {
    this.users = users;
    this.includes = includes;
  }

  void mount(Api api) {
    api.get(ALL, this::list);
    api.delete(ONE, this::delete);
    action(api, "suspend", users::suspend);
    action(api, "unsuspend", users::unsuspend);
    action(api, "grant_admin", users::grantAdmin);
    action(api, "revoke_admin", users::revokeAdmin);
    action(api, "disable_two_factor", users::disableTwoFactor);
  }

  private static void action(
      Api api, String name, BiFunction<Principal, UserId, AdminUser> change) {
    api.post(
        ONE + "/actions/" + name,
        call ->
            Reply.document(
                200,
                Document.of(
                    AdminUserResource.of(change.apply(call.get(Principal.class), id(call))))));
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    List<String> wanted = includes.wanted(call);
    AdminUserFilter filter =
        new AdminUserFilter(
            AdminQuery.text(call, "q"),
            AdminQuery.flag(call, "filter[admin]"),
            AdminQuery.flag(call, "filter[suspended]"));
    Counted<AdminUser> found = users.list(caller, filter, Page.of(call));
    return Reply.document(
        200,
        Listing.of(
                call,
                found.page().map(AdminUserResource::of),
                includes.of(caller, found.page().items(), wanted))
            .withMeta("status-counts", found.statusCounts()));
  }

  private Reply delete(Call call) {
    users.delete(call.get(Principal.class), id(call));
    return Reply.noContent();
  }

  private static UserId id(Call call) {
    return call.path("user_id", UserId::new);
  }
}
