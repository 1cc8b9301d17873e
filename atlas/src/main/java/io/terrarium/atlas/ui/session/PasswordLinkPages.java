package io.terrarium.atlas.ui.session;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.ReturnPath;
import io.terrarium.atlas.ui.frame.SessionCookie;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.account.User;
import io.terrarium.core.passwordlink.PasswordLink;
import io.terrarium.core.passwordlink.PasswordLinks;
import io.terrarium.core.session.Session;
import io.terrarium.core.session.Sessions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// Where people choose a password who have a link of a site admin's. Who does is signed in.
public final class PasswordLinkPages {
  private static final String PATH = "/account/password/edit";
  // As the real product's links call it.
  private static final String SECRET = "reset_password_token";

  private final Pages pages;
  private final PasswordLinks links;
  private final Sessions sessions;
  private final SessionCookie cookie;

  public PasswordLinkPages(
      Pages pages, PasswordLinks links, Sessions sessions, SessionCookie cookie) {
    this.pages = pages;
    this.links = links;
    this.sessions = sessions;
    this.cookie = cookie;
  }

  /// What is opened by the link.
  public static String path(PasswordLink link) {
    return PATH + "?" + SECRET + "=" + link.secret().value();
  }

  public void mount(Api api) {
    api.get(PATH, this::ask);
    api.post(PATH, this::choose);
  }

  public record View(String username, String secret, Problems problems) {}

  private Reply ask(Call call) {
    return form(call, 200, new Secret(call.query(SECRET).orElse("")), Problems.NONE);
  }

  private Reply choose(Call call) {
    Form form = call.get(Form.class);
    Secret secret = new Secret(form.raw(SECRET));
    // Before the work of a password's digest, which nobody shall cause who has no link.
    require(secret);
    try {
      User user =
          links
              .use(
                  secret,
                  new Secret(form.raw("password")),
                  new Secret(form.raw("password_confirmation")))
              .orElseThrow(PasswordLinkPages::nothing);
      call.put(AuditTrail.Actor.class, new AuditTrail.Actor(user.username()));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(user.id().value()));
      // The session of before, if there was one, may be somebody else's.
      call.find(Session.class).ifPresent(sessions::end);
      return Reply.redirect(303, ReturnPath.HOME)
          .with("Set-Cookie", cookie.set(sessions.begin(user)));
    } catch (Fault.Invalid invalid) {
      return form(call, 422, secret, Problems.of(invalid));
    }
  }

  private Reply form(Call call, int status, Secret secret, Problems problems) {
    View view = new View(require(secret).username(), secret.value(), problems);
    return pages.page(
        call, status, "Choose your password", Place.NOWHERE, "session/password", view);
  }

  private User require(Secret secret) {
    return links.find(secret).orElseThrow(PasswordLinkPages::nothing);
  }

  private static Fault nothing() {
    return new Fault.NotFound(
        "This link is good no longer: it was used, is too old, or a newer one was made. Ask a site"
            + " admin for another.");
  }
}
