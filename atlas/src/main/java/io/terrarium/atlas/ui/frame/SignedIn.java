package io.terrarium.atlas.ui.frame;

import io.terrarium.core.access.Principal;
import io.terrarium.core.session.Session;
import io.terrarium.core.session.Sessions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/// Puts the [Session] of the browser's cookie, and its [Principal]. What changes something must
/// come from a page of this site, and carry the token of that session's forms.
public final class SignedIn implements Filter {
  /// Where people sign in, as at the real product.
  public static final String SIGN_IN = "/session";

  static final String COOKIE = "terrarium_session";

  private static final Set<String> SAFE = Set.of("GET", "HEAD");
  private static final Set<String> FROM_HERE = Set.of("same-origin", "none");

  private final Sessions sessions;

  public SignedIn(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    Optional<Session> session = Cookies.of(call, COOKIE).map(Secret::new).flatMap(sessions::find);
    session.ifPresent(found -> {
      call.put(Session.class, found);
      call.put(Principal.class, found.user());
    });
    if (!SAFE.contains(call.method())) {
      requireFromHere(call);
      Form form = Form.of(call);
      call.put(Form.class, form);
      session.ifPresent(found -> requireToken(found, call, form));
    }
    return next.answer(call);
  }

  /// Sends those whom nobody knows to sign in, and back.
  public static Filter required() {
    return (call, next) ->
        call.find(Session.class).isPresent() ? next.answer(call) : toSignIn(call);
  }

  /// Browsers say where a request comes from; what says nothing is no browser, or an old one, and
  /// needs the token all the same.
  private static void requireFromHere(Call call) {
    if (call.header("Sec-Fetch-Site").filter(site -> !FROM_HERE.contains(site)).isPresent()) {
      throw new Fault.Forbidden("This form was sent by another site. Open the page here.");
    }
  }

  private static void requireToken(Session session, Call call, Form form) {
    String token = call.header("X-CSRF-Token").orElseGet(() -> form.raw(Form.TOKEN));
    if (!Tokens.same(token, session.formToken().value())) {
      throw new Fault.Forbidden(
          "This form belongs to a session that has ended. Go back, reload the page and try again.");
    }
  }

  private static Reply toSignIn(Call call) {
    if (call.header("HX-Request").isPresent()) {
      // A piece of a page cannot show the form: the whole page goes there.
      return Reply.of(401).with("HX-Refresh", "true");
    }
    boolean isPage = SAFE.contains(call.method());
    return Reply.redirect(
        303,
        isPage && !call.uri().equals("/app")
            ? SIGN_IN + "?return_to=" + URLEncoder.encode(call.uri(), StandardCharsets.UTF_8)
            : SIGN_IN);
  }
}
