package io.terrarium.atlas.ui.login;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.core.login.LoginRequest;
import io.terrarium.core.login.Logins;
import io.terrarium.core.login.Logins.LoggedIn;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.Optional;

/// Where `terraform login` brings its code and gets a token, in the words of RFC 6749.
public final class LoginTokens {
  public static final String TOKEN = "/oauth/token";

  private static final int CHARACTERS_MAX = 1_024;

  private final Logins logins;

  public LoginTokens(Logins logins) {
    this.logins = logins;
  }

  public void mount(Api api) {
    api.post(TOKEN, this::exchange);
  }

  record Token(String accessToken, String tokenType) {
    @Override
    public String toString() {
      return "Token[" + tokenType + "]";
    }
  }

  record Refusal(String error, String errorDescription) {}

  /// What is wrong with a request, for the client.
  private static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final String error;

    RefusedException(String error, String description) {
      super(description);
      this.error = error;
    }

    Refusal refusal() {
      return new Refusal(error, String.valueOf(getMessage()));
    }
  }

  private Reply exchange(Call call) {
    try {
      LoggedIn done = redeemed(form(call));
      call.put(AuditTrail.Actor.class, new AuditTrail.Actor(done.username()));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(done.token().token().id().value()));
      return unkept(Reply.json(200, new Token(done.token().clear().value(), "bearer")));
    } catch (RefusedException refused) {
      return unkept(Reply.json(400, refused.refusal()));
    }
  }

  private LoggedIn redeemed(Form form) throws RefusedException {
    if (!required(form, "grant_type").equals("authorization_code")) {
      throw new RefusedException(
          "unsupported_grant_type", "The grant_type must be authorization_code.");
    }
    if (!required(form, "client_id").equals(LoginRequest.CLIENT)) {
      throw new RefusedException("invalid_client", "The client must be terraform-cli.");
    }
    Optional<LoggedIn> done =
        logins.redeem(
            new Secret(required(form, "code")),
            required(form, "redirect_uri"),
            new Secret(required(form, "code_verifier")));
    return done.orElseThrow(() ->
        new RefusedException(
            "invalid_grant",
            "The code is not good, or no longer: it is good once, for two minutes, and for who"
                + " has asked for it. Run terraform login again."));
  }

  private static Form form(Call call) throws RefusedException {
    try {
      return Form.of(call);
    } catch (Fault.BadRequest | Fault.TooLarge fault) {
      throw new RefusedException("invalid_request", String.valueOf(fault.getMessage()));
    }
  }

  private static String required(Form form, String name) throws RefusedException {
    if (form.all(name).size() != 1
        || form.raw(name).isEmpty()
        || form.raw(name).length() > CHARACTERS_MAX) {
      throw new RefusedException("invalid_request", "The field " + name + " must be there once.");
    }
    return form.raw(name);
  }

  private static Reply unkept(Reply reply) {
    return reply.with("Cache-Control", "no-store").with("Pragma", "no-cache");
  }
}
