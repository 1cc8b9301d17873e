package io.terrarium.atlas.ui.frame;

import io.terrarium.core.session.Sessions;
import io.terrarium.kernel.Secret;

/// The cookie that carries the secret of a session.
public final class SessionCookie {
  private final Cookies cookies;

  public SessionCookie(Cookies cookies) {
    this.cookies = cookies;
  }

  public String set(Secret secret) {
    return cookies.set(SignedIn.COOKIE, secret.value(), "/", Sessions.AGE_MAX);
  }

  /// Takes it away.
  public String none() {
    return cookies.set(SignedIn.COOKIE, "", "/", Sessions.AGE_MAX);
  }
}
