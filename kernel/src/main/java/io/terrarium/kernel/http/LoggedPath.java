package io.terrarium.kernel.http;

/// A path as it may stand in a log: signed paths lose their claims.
final class LoggedPath {
  private static final String SIGNED = "/v1/object/";

  private LoggedPath() {}

  static String of(String path) {
    int at = path.indexOf(SIGNED);
    return at < 0 ? path : path.substring(0, at + SIGNED.length()) + "…";
  }
}
