package io.terrarium.atlas.ui.oauthclient;

import io.terrarium.core.oauthclient.OauthLogins;
import io.terrarium.kernel.http.Reply;
import java.nio.charset.StandardCharsets;

/// A page of one sentence. It loads nothing, runs nothing, is framed by nobody, kept by nobody, and
/// tells no other page where the person was.
final class Page {
  private Page() {}

  static Reply connected(OauthLogins.Connected connected) {
    return page(
        200,
        "Connected",
        "The organization "
            + connected.organization()
            + " is connected to "
            + connected.host()
            + connected.user().map(user -> " as " + user).orElse("")
            + ". You can close this page.");
  }

  static Reply refused(String reason) {
    return page(400, "Not connected", reason);
  }

  /// Nobody keeps what `reply` says, nor where it was said.
  static Reply closed(Reply reply) {
    return reply.with("Cache-Control", "no-store").with("Referrer-Policy", "no-referrer");
  }

  private static Reply page(int status, String title, String sentence) {
    byte[] html = html(title, escaped(sentence)).getBytes(StandardCharsets.UTF_8);
    return closed(
        Reply.bytes(status, "text/html; charset=utf-8", html)
            .with(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'")
            .with("X-Content-Type-Options", "nosniff"));
  }

  private static String html(String title, String sentence) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%1$s</title>
    <style>
    body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1.5rem;
      color: #1f2328; background: #fff; overflow-wrap: anywhere }
    h1 { font-size: 1.5rem; margin: 0 0 .5rem }
    p { margin: 0 }
    @media (prefers-color-scheme: dark) { body { color: #e6e8eb; background: #16181c } }
    </style>
    </head>
    <body>
    <main>
    <h1>%1$s</h1>
    <p>%2$s</p>
    </main>
    </body>
    </html>
    """
        .formatted(title, sentence);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
