package io.terrarium.atlas.ui.session;

import io.terrarium.atlas.api.admin.InitialToken;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.ReturnPath;
import io.terrarium.atlas.ui.frame.SessionCookie;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.account.NewUser;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.session.Sessions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// The page that makes the first person of a new site, a site admin. Its address carries the
/// initial admin creation token (IACT); once anybody has an account it is not there.
public final class FirstAdminPages {
  static final String PATH = "/admin/account/new";

  private final Pages pages;
  private final Users users;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final InitialToken token;

  public FirstAdminPages(
      Pages pages, Users users, Sessions sessions, SessionCookie cookie, InitialToken token) {
    this.pages = pages;
    this.users = users;
    this.sessions = sessions;
    this.cookie = cookie;
    this.token = token;
  }

  public void mount(Api api) {
    api.get(PATH, this::ask);
    api.post(PATH, this::create);
  }

  public record View(String token, String username, String email, Problems problems) {}

  private Reply ask(Call call) {
    String sent = call.query("token").orElse("");
    requireGood(sent);
    return form(call, 200, new View(sent, "", "", Problems.NONE));
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    String sent = form.raw("token");
    requireGood(sent);
    String username = form.text("username");
    String email = form.text("email");
    Secret password = new Secret(form.raw("password"));
    try {
      if (!password.equals(new Secret(form.raw("confirmation")))) {
        throw new Fault.Invalid("confirmation", "The two passwords are not the same");
      }
      User admin =
          users
              .createFirst(new NewUser(username, email, password))
              .orElseThrow(FirstAdminPages::nothing);
      call.put(AuditTrail.Actor.class, new AuditTrail.Actor(username));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(admin.id().value()));
      return Reply.redirect(303, ReturnPath.HOME)
          .with("Set-Cookie", cookie.set(sessions.begin(admin)));
    } catch (Fault.Invalid invalid) {
      return form(call, 422, new View(sent, username, email, Problems.of(invalid)));
    }
  }

  private void requireGood(String sent) {
    if (!token.isIt(sent) || !users.isEmpty()) {
      throw nothing();
    }
  }

  private static Fault nothing() {
    return new Fault.NotFound(
        "The token is not valid, or an admin has been made already: then sign in.");
  }

  private Reply form(Call call, int status, View view) {
    return pages.page(call, status, "First admin", Place.NOWHERE, "session/firstAdmin", view);
  }
}
