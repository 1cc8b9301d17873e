package io.terrarium.atlas.ui.admin;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.session.PasswordLinkPages;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminUser;
import io.terrarium.core.admin.AdminUserFilter;
import io.terrarium.core.admin.AdminUsers;
import io.terrarium.core.admin.Counted;
import io.terrarium.core.passwordlink.PasswordLink;
import io.terrarium.core.passwordlink.PasswordLinks;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// The accounts of all people.
public final class AdminUserPages {
  private static final String SECTION = "users";
  private static final String LIST = AdminPlace.ROOT + SECTION;
  private static final String NEW = LIST + "/new";
  private static final String ONE = LIST + "/:user_id";

  private final Pages pages;
  private final AdminUsers users;
  private final PasswordLinks links;
  private final URI publicUrl;

  /// @param publicUrl under which the links of passwords are opened
  public AdminUserPages(Pages pages, AdminUsers users, PasswordLinks links, URI publicUrl) {
    this.pages = pages;
    this.users = users;
    this.links = links;
    this.publicUrl = publicUrl;
  }

  public void mount(Api api) {
    api.get(LIST, call -> list(call, 200, Problems.NONE));
    api.get(NEW, this::ask);
    api.post(NEW, this::create);
    api.post(ONE + "/password_link", this::renew);
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

  /// @param username as it was typed
  public record NewView(String username, String email, Problems problems) {}

  /// @param url for the person alone
  public record LinkView(String username, String email, String url, Instant expiresAt) {}

  private Reply ask(Call call) {
    // For anyone else this page is not there.
    Access.requireSiteAdmin(call.get(Principal.class));
    return form(call, 200, new NewView("", "", Problems.NONE));
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    String username = form.text("username");
    String email = form.text("email");
    try {
      PasswordLink made = links.invite(call.get(Principal.class), username, email);
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.user().id().value()));
      return link(call, made);
    } catch (Fault.Invalid refused) {
      return form(call, 422, new NewView(username, email, Problems.of(refused)));
    }
  }

  private Reply form(Call call, int status, NewView view) {
    return pages.page(
        call, status, "New user", AdminPlace.below(SECTION, "Users"), "admin/newUser", view);
  }

  private Reply renew(Call call) {
    return link(call, links.renew(call.get(Principal.class), id(call)));
  }

  /// Shown in the answer alone: it is nowhere else.
  private Reply link(Call call, PasswordLink made) {
    LinkView view =
        new LinkView(
            made.user().username(),
            made.user().email(),
            publicUrl + PasswordLinkPages.path(made),
            made.expiresAt());
    return pages.page(
        call, "Password link", AdminPlace.below(SECTION, "Users"), "admin/passwordLink", view);
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
