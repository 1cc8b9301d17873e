package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.IngressFault;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;

/// Where a Git repository is. Only what the outbound proxy can reach is an address: `https`, `http`
/// and `ssh`.
///
/// @param user for ssh, "" elsewhere
/// @param port -1 for the usual one
/// @param path as it was given: percent-encoded for http, with or without a slash for ssh
record GitAddress(Kind kind, String user, String host, int port, String path) {
  private static final String USUAL_USER = "git";
  private static final int PORT_MAX = 65_535;
  private static final int CHARACTERS_MAX = 2_048;
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,252}|\\[[0-9A-Fa-f:.]+]");
  private static final Pattern SHORT =
      Pattern.compile("(?:(?<user>[A-Za-z0-9_][A-Za-z0-9._-]*)@)?(?<host>[^/:@\\[]+):(?<path>.+)");
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  enum Kind {
    HTTPS(443),
    HTTP(80),
    SSH(22);

    private final int usualPort;

    Kind(int usualPort) {
      this.usualPort = usualPort;
    }

    String scheme() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Without the user info that http may carry.
  ///
  /// @throws IngressFault when it is no address that may be fetched from
  static GitAddress parse(String text) {
    String address = text.strip();
    if (address.length() > CHARACTERS_MAX || hasControls(address)) {
      throw bad("The repository's address is too long, or holds control characters.");
    }
    if (address.contains("://")) {
      return ofUrl(address);
    }
    Matcher parts = SHORT.matcher(address);
    // What Git itself would take for a transport of its own, such as `ext::`.
    if (!parts.matches() || parts.group("path").startsWith(":")) {
      throw bad(HOW);
    }
    String user = parts.group("user") == null ? USUAL_USER : parts.group("user");
    return checked(new GitAddress(Kind.SSH, user, parts.group("host"), -1, parts.group("path")));
  }

  private static final String HOW =
      "The repository's address must begin with https://, http:// or ssh://, or look like"
          + " git@host:path.";

  private static GitAddress ofUrl(String address) {
    URI url = url(address);
    Kind kind =
        switch (String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT)) {
          case "https" -> Kind.HTTPS;
          case "http" -> Kind.HTTP;
          case "ssh" -> Kind.SSH;
          default -> throw bad(HOW);
        };
    if (url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
      throw bad("The repository's address must have a host and a path, and nothing behind them.");
    }
    return checked(
        new GitAddress(
            kind, kind == Kind.SSH ? sshUser(url) : "", url.getHost(), url.getPort(), path(url)));
  }

  private static URI url(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      throw bad("The repository's address is no valid URL.");
    }
  }

  private static String path(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return url.getScheme().equalsIgnoreCase("ssh") && url.getPath() != null ? url.getPath() : path;
  }

  private static String sshUser(URI url) {
    String info = url.getUserInfo();
    if (info == null) {
      return USUAL_USER;
    }
    int colon = info.indexOf(':');
    return colon < 0 ? info : info.substring(0, colon);
  }

  private static GitAddress checked(GitAddress address) {
    boolean isPathUsable =
        !address.path.isEmpty() && !address.path.equals("/") && !hasControls(address.path);
    if (!HOST.matcher(address.host).matches() || address.port > PORT_MAX || address.port == 0) {
      throw bad("The repository's address names no host and port that can be reached.");
    }
    if (!isPathUsable || (address.kind == Kind.SSH && !USER.matcher(address.user).matches())) {
      throw bad("The repository's address lacks a path, or names an impossible user.");
    }
    return address;
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static IngressFault bad(String message) {
    return new IngressFault(Reason.BAD_ADDRESS, message);
  }

  /// The host of a request over http, whatever its path.
  static GitAddress ofTarget(URI target) {
    Kind kind = "https".equalsIgnoreCase(target.getScheme()) ? Kind.HTTPS : Kind.HTTP;
    return new GitAddress(kind, "", target.getHost(), target.getPort(), "/");
  }

  int actualPort() {
    return port < 0 ? kind.usualPort : port;
  }

  /// The host as sockets know it.
  String plainHost() {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /// Whether what lets one in here may be shown there: the same host and port, or at least the same
  /// host by a safe way.
  boolean trustsWithItsLogin(GitAddress other) {
    if (!host.equalsIgnoreCase(other.host)) {
      return false;
    }
    boolean isSame = kind == other.kind && actualPort() == other.actualPort();
    boolean isSafer =
        kind == Kind.HTTP && other.kind == Kind.HTTPS && other.actualPort() == Kind.HTTPS.usualPort;
    return isSame || isSafer;
  }

  /// Another place as seen from here, as Git reads the addresses of submodules.
  ///
  /// @throws IngressFault when it is no address that may be fetched from
  GitAddress resolve(String reference) {
    if (!reference.startsWith("./") && !reference.startsWith("../")) {
      return parse(reference);
    }
    String base = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String rest = reference;
    while (rest.startsWith("./") || rest.startsWith("../")) {
      if (rest.startsWith("../")) {
        int slash = base.lastIndexOf('/');
        if (base.isEmpty()) {
          throw bad("The submodule's address \"" + reference + "\" leads out of its host.");
        }
        base = slash < 0 ? "" : base.substring(0, slash);
      }
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    boolean isFromRoot = path.startsWith("/") || !base.isEmpty();
    return checked(new GitAddress(kind, user, host, port, isFromRoot ? base + "/" + rest : rest));
  }

  /// For JGit; nothing in it lets anybody in.
  URIish forGit() {
    try {
      if (kind != Kind.SSH) {
        return new URIish(text());
      }
    } catch (URISyntaxException e) {
      throw bad("The repository's address is no valid URL.");
    }
    URIish uri = new URIish().setUser(user).setHost(plainHost()).setPort(port).setPath(path);
    return path.startsWith("/") ? uri.setScheme("ssh") : uri;
  }

  /// For people.
  String text() {
    String authority = host + (port < 0 ? "" : ":" + port);
    return path.startsWith("/") ? kind.scheme() + "://" + authority + path : authority + ":" + path;
  }
}
