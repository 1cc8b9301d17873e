package io.terrarium.atlas.ui.login;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.login.LoginRequest;
import io.terrarium.core.login.Logins;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// Where the browser comes that `terraform login` opens. What is wrong with a request is said here,
/// to the person, and never where it wants its answer.
public final class LoginPages {
  public static final String AUTHORIZATION = "/oauth/authorization";

  private final Pages pages;
  private final Logins logins;

  public LoginPages(Pages pages, Logins logins) {
    this.pages = pages;
    this.logins = logins;
  }

  public void mount(Api api) {
    api.get(AUTHORIZATION, this::ask);
    api.post(AUTHORIZATION, this::approve);
  }

  /// @param formToken of the session of the person who is asked
  public record View(LoginRequest request, String username, String formToken) {}

  private Reply ask(Call call) {
    LoginRequest request = LoginRequest.of(call::query);
    Session session = call.get(Session.class);
    View view = new View(request, session.user().username(), session.formToken().value());
    return pages.pageLeadingTo(
        request.origin(), call, "Let terraform in", Place.NOWHERE, "login/ask", view);
  }

  private Reply approve(Call call) {
    Form form = call.get(Form.class);
    LoginRequest request = LoginRequest.of(form::find);
    UserPrincipal user = call.get(Session.class).user();
    String back = logins.approve(user, request);
    call.put(AuditTrail.Made.class, new AuditTrail.Made(user.id().value()));
    return Reply.redirect(303, back)
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "no-referrer");
  }
}
