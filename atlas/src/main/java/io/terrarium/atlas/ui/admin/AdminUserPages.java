package io.terrarium.atlas.ui.admin;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminUser;
import io.terrarium.core.admin.AdminUserFilter;
import io.terrarium.core.admin.AdminUsers;
import io.terrarium.core.admin.Counted;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// The accounts of all people.
public final class AdminUserPages {
  private static final String SECTION = "users";
  private static final String LIST = AdminPlace.ROOT + SECTION;
  private static final String ONE = LIST + "/:user_id";

  private final Pages pages;
  private final AdminUsers users;

  public AdminUserPages(Pages pages, AdminUsers users) {
    this.pages = pages;
    this.users = users;
  }

  public void mount(Api api) {
    api.get(LIST, call -> list(call, 200, Problems.NONE));
    action(api, "suspend", users::suspend, "is suspended. Their tokens work no more.");
    action(api, "unsuspend", users::unsuspend, "is let in again.");
    action(api, "grant_admin", users::grantAdmin, "is a site admin now.");
    action(api, "revoke_admin", users::revokeAdmin, "is no site admin any more.");
    api.post(ONE + "/delete", this::delete);
  }

  /// What the list is narrowed to, as it was asked.
  ///
  /// @param kind `admins`, `suspended`, or "" for all
  public record Asked(String search, String kind) {
    AdminUserFilter filter() {
      return new AdminUserFilter(
          AdminPlace.narrowed(search),
          kind.equals("admins") ? Optional.of(true) : Optional.empty(),
          kind.equals("suspended") ? Optional.of(true) : Optional.empty());
    }

    public String query() {
      return AdminPlace.query(Map.of("search", search, "kind", kind));
    }
  }

  /// @param reader who looks at the list
  public record View(Counted<AdminUser> found, Asked asked, UserId reader, Problems problems) {}

  private Reply list(Call call, int status, Problems problems) {
    Asked asked = new Asked(AdminPlace.asked(call, "search"), AdminPlace.asked(call, "kind"));
    Counted<AdminUser> found = users.list(call.get(Principal.class), asked.filter(), Page.of(call));
    UserId reader = call.get(Session.class).user().id();
    return pages.page(
        call,
        status,
        "Users",
        AdminPlace.of(SECTION),
        "admin/users",
        new View(found, asked, reader, problems));
  }

  private void action(
      Api api, String name, BiFunction<Principal, UserId, AdminUser> change, String done) {
    api.post(
        ONE + "/" + name,
        call -> {
          try {
            AdminUser changed = change.apply(call.get(Principal.class), id(call));
            return pages.done(LIST, changed.username() + " " + done);
          } catch (Fault.Invalid | Fault.BadRequest refused) {
            return list(call, 422, Problems.of(refused));
          }
        });
  }

  private Reply delete(Call call) {
    try {
      users.delete(call.get(Principal.class), id(call));
    } catch (Fault.Invalid refused) {
      return list(call, 422, Problems.of(refused));
    }
    return pages.done(LIST, "The account is gone. What its person has done stays.");
  }

  private static UserId id(Call call) {
    return call.path("user_id", UserId::new);
  }
}
