package io.terrarium.atlas.ui.account;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.request.SignInLimit;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Area;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.access.Principal;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.session.OpenSession;
import io.terrarium.core.session.Session;
import io.terrarium.core.session.Sessions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.List;

/// Name and e-mail address, the password, and the browsers in which somebody is signed in.
public final class AccountPages {
  private static final String PROFILE = "/app/settings/profile";
  private static final String PASSWORD = "/app/settings/password";
  private static final String SESSIONS = "/app/settings/sessions";

  private final Pages pages;
  private final Users users;
  private final Sessions sessions;
  private final SignInLimit limit;

  public AccountPages(Pages pages, Users users, Sessions sessions, SignInLimit limit) {
    this.pages = pages;
    this.users = users;
    this.sessions = sessions;
    this.limit = limit;
  }

  public void mount(Api api) {
    api.get(PROFILE, this::profile);
    api.post(PROFILE, this::changeProfile);
    api.get(PASSWORD, call -> passwordForm(call, 200, Problems.NONE));
    api.post(PASSWORD, this::changePassword);
    api.get(SESSIONS, this::sessions);
    api.post(SESSIONS + "/end-others", this::endOthers);
  }

  /// Where the pages of an account are.
  static Place place(String section) {
    return Place.of(Area.ACCOUNT, section);
  }

  public record ProfileView(
      String id, String username, String email, Problems problems, String formToken) {}

  public record PasswordView(Problems problems, String formToken) {}

  public record SessionsView(List<OpenSession> open, String formToken) {}

  private Reply profile(Call call) {
    User self = users.self(call.get(Principal.class));
    return profileForm(call, 200, self.username(), self.email(), Problems.NONE);
  }

  private Reply changeProfile(Call call) {
    Form form = call.get(Form.class);
    Incoming incoming = form.resource();
    try {
      User changed =
          users.update(
              call.get(Principal.class), incoming.text("username"), incoming.text("email"));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(changed.id().value()));
      return pages.done(PROFILE, "Your profile is changed.");
    } catch (Fault.Invalid invalid) {
      return profileForm(
          call, 422, form.text("username"), form.text("email"), Problems.of(invalid));
    }
  }

  private Reply profileForm(
      Call call, int status, String username, String email, Problems problems) {
    Session session = call.get(Session.class);
    ProfileView view =
        new ProfileView(
            session.user().id().value(), username, email, problems, session.formToken().value());
    return pages.page(call, status, "Profile", place("profile"), "account/profile", view);
  }

  /// Guesses of the password are counted here too: an open browser is not its person.
  private Reply changePassword(Call call) {
    Form form = call.get(Form.class);
    Session session = call.get(Session.class);
    String username = session.user().username();
    try {
      limit.take(call, username);
      users.changePassword(
          session.user(),
          new Secret(form.raw("current_password")),
          new Secret(form.raw("password")),
          new Secret(form.raw("password_confirmation")),
          db -> sessions.endOthers(db, session));
    } catch (Fault.TooManyRequests tooMany) {
      return passwordForm(
          call, 429, Problems.of("Too many attempts. Wait a minute, then try again."));
    } catch (Fault.Invalid invalid) {
      return passwordForm(call, 422, Problems.of(invalid));
    }
    limit.giveBack(call, username);
    call.put(AuditTrail.Made.class, new AuditTrail.Made(session.user().id().value()));
    return pages.done(
        PASSWORD, "Your password is changed, and you are signed out in all other browsers.");
  }

  private Reply passwordForm(Call call, int status, Problems problems) {
    PasswordView view = new PasswordView(problems, formToken(call));
    return pages.page(call, status, "Password", place("password"), "account/password", view);
  }

  private Reply sessions(Call call) {
    SessionsView view = new SessionsView(sessions.list(call.get(Session.class)), formToken(call));
    return pages.page(call, "Sessions", place("sessions"), "account/sessions", view);
  }

  private Reply endOthers(Call call) {
    Session session = call.get(Session.class);
    sessions.endOthers(session);
    call.put(AuditTrail.Made.class, new AuditTrail.Made(session.user().id().value()));
    return pages.done(SESSIONS, "You are signed out in all other browsers.");
  }

  private static String formToken(Call call) {
    return call.get(Session.class).formToken().value();
  }
}
