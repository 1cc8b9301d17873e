package io.terrarium.atlas.ui.frame;

import java.net.URI;
import java.net.URISyntaxException;

/// Where somebody goes on after they have signed in: a page of this site, whatever the address said
/// that brought them.
public final class ReturnPath {
  public static final String HOME = "/app";

  private ReturnPath() {}

  /// `given` if it leads to a page here, else [#HOME]. Browsers read `//` and `/\` as the name of
  /// another host.
  public static String of(String given) {
    try {
      URI uri = new URI(given);
      String path = uri.getRawPath();
      boolean isHere =
          uri.getScheme() == null
              && uri.getRawAuthority() == null
              && path != null
              && path.startsWith("/")
              && !path.startsWith("//")
              && !given.contains("\\")
              && given.chars().noneMatch(Character::isISOControl);
      return isHere && !path.startsWith(SignedIn.SIGN_IN) ? given : HOME;
    } catch (URISyntaxException e) {
      return HOME;
    }
  }
}
