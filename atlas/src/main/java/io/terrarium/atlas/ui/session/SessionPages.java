package io.terrarium.atlas.ui.session;

import io.terrarium.atlas.api.admin.InitialToken;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.request.SignInLimit;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.ReturnPath;
import io.terrarium.atlas.ui.frame.SessionCookie;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.frame.SignedIn;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.session.Session;
import io.terrarium.core.session.Sessions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.Optional;

/// Sign in with a password, sign out.
public final class SessionPages {
  private static final String END = SignedIn.SIGN_IN + "/end";
  private static final String LOGIN = "login";
  private static final String RETURN_TO = "return_to";
  private static final String WRONG =
      "The name or the password is wrong. Ask a site admin if you have lost yours.";

  private final Pages pages;
  private final Users users;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final SignInLimit limit;
  private final InitialToken initial;

  /// Who is let in how often, and who may be the first.
  public record Gate(SignInLimit limit, InitialToken initial) {}

  public SessionPages(
      Pages pages, Users users, Sessions sessions, SessionCookie cookie, Gate gate) {
    this.pages = pages;
    this.users = users;
    this.sessions = sessions;
    this.cookie = cookie;
    limit = gate.limit();
    initial = gate.initial();
  }

  public void mount(Api api) {
    api.get(SignedIn.SIGN_IN, this::show);
    api.post(SignedIn.SIGN_IN, this::begin);
    api.post(END, this::end);
  }

  /// @param isNew whether the site has nobody yet, so that there is nobody to sign in
  public record View(String login, String returnTo, Problems problems, boolean isNew) {}

  private Reply show(Call call) {
    String returnTo = ReturnPath.of(call.query(RETURN_TO).orElse(""));
    if (call.find(Session.class).isPresent()) {
      return Reply.redirect(303, returnTo);
    }
    Optional<Secret> token = initial.retrieve(call);
    // Who may ask for the token of a new site is led to where it is used.
    return token.isPresent()
        ? Reply.redirect(303, FirstAdminPages.PATH + "?token=" + token.get().value())
        : form(call, 200, new View("", returnTo, Problems.NONE, users.isEmpty()));
  }

  private Reply begin(Call call) {
    Form form = call.get(Form.class);
    String login = form.text(LOGIN);
    String returnTo = ReturnPath.of(form.text(RETURN_TO));
    try {
      limit.take(call, login);
    } catch (Fault.TooManyRequests tooMany) {
      return refused(
          call, 429, login, returnTo, "Too many attempts. Wait a minute, then try again.");
    }
    Optional<User> proven = users.proven(login, new Secret(form.raw("password")));
    if (proven.isEmpty()) {
      return refused(call, 422, login, returnTo, WRONG);
    }
    limit.giveBack(call, login);
    call.put(AuditTrail.Actor.class, new AuditTrail.Actor(proven.get().username()));
    call.put(AuditTrail.Made.class, new AuditTrail.Made(proven.get().id().value()));
    // The session of before, if there was one, may be somebody else's.
    call.find(Session.class).ifPresent(sessions::end);
    return Reply.redirect(303, returnTo)
        .with("Set-Cookie", cookie.set(sessions.begin(proven.get())));
  }

  private Reply refused(Call call, int status, String login, String returnTo, String why) {
    return form(call, status, new View(login, returnTo, Problems.of(why), false));
  }

  private Reply form(Call call, int status, View view) {
    return pages.page(call, status, "Sign in", Place.NOWHERE, "session/signIn", view);
  }

  private Reply end(Call call) {
    call.find(Session.class).ifPresent(sessions::end);
    return Reply.redirect(303, SignedIn.SIGN_IN)
        .with("Set-Cookie", cookie.none())
        .with("Clear-Site-Data", "\"cache\"");
  }
}
