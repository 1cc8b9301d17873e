package io.terrarium.terrarium.bench;

import io.terrarium.kernel.tls.Trust;
import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.SocketFactory;

/// Somebody's browser: signed in by the form, over TLS, with the cookie of its session. One
/// connection that is kept: for one thread.
final class Browser implements AutoCloseable {
  /// As long as browsers do.
  private static final Duration KEPT = Duration.ofMinutes(5);

  private static final String SIGN_IN = "/session";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Pattern TOKEN = Pattern.compile("data-form-token=\"([^\"]+)\"");

  private final URI base;
  private final SocketFactory sockets;
  private final String cookie;
  private final Wire wire;

  private Browser(URI base, SocketFactory sockets, String cookie) {
    this.base = base;
    this.sockets = sockets;
    this.cookie = cookie;
    wire = new Wire(base, sockets, KEPT);
  }

  /// One that trusts the mesh's own CA.
  static Browser signIn(ChildMesh mesh, String login, String password) {
    SocketFactory sockets;
    try {
      sockets = Trust.with(Files.readString(mesh.authority())).context().getSocketFactory();
    } catch (IOException e) {
      throw new MeshFault("the CA of the mesh cannot be read: " + e.getMessage(), e);
    }
    try (Browser stranger = new Browser(mesh.secureAddress(), sockets, "")) {
      expect(200, SIGN_IN, stranger.get(SIGN_IN));
      Map<String, String> fields =
          Map.of("login", login, "password", password, "return_to", "/app");
      Wire.Answer answer = stranger.send(SIGN_IN, fields);
      expect(303, SIGN_IN, answer);
      String set = answer.headers().getOrDefault("set-cookie", "");
      return new Browser(stranger.base, sockets, set.split(";", 2)[0]);
    }
  }

  private static void expect(int status, String path, Wire.Answer answer) {
    if (answer.status() != status) {
      throw new MeshFault("the mesh answers %s with %d".formatted(path, answer.status()));
    }
  }

  /// The same session over another connection.
  Browser another() {
    return new Browser(base, sockets, cookie);
  }

  /// A page, or a file that a page reads.
  String page(String path) {
    Wire.Answer answer = get(path);
    expect(200, path, answer);
    return answer.text();
  }

  /// The piece of a page that has changed.
  String piece(String path) {
    Wire.Answer answer = wire.send(Wire.with(request("GET", path, 0), "HX-Request", "true"));
    expect(200, path, answer);
    return answer.text();
  }

  /// Sends a form with its token, and tells where it leads to.
  ///
  /// @param page on which the form stands
  String submit(String page, String action, Map<String, String> fields) {
    Matcher token = TOKEN.matcher(page(page));
    if (!token.find()) {
      throw new MeshFault("a page has no token for its forms");
    }
    Map<String, String> all = new HashMap<>(fields);
    all.put("authenticity_token", token.group(1));
    Wire.Answer answer = send(action, all);
    expect(303, action, answer);
    return answer.location();
  }

  private Wire.Answer send(String action, Map<String, String> fields) {
    byte[] body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"))
            .getBytes(StandardCharsets.UTF_8);
    return wire.upload(request("POST", action, body.length), out -> out.write(body));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private Wire.Answer get(String path) {
    return wire.send(request("GET", path, 0));
  }

  /// A request that takes what is compressed, and its answer as it came.
  Wire.Answer ask(Page.Request asked) {
    byte[] head = Wire.with(request("GET", asked.path(), 0), "Accept-Encoding", "gzip");
    Wire.Answer answer = wire.send(asked.isPiece() ? Wire.with(head, "HX-Request", "true") : head);
    expect(200, asked.path(), answer);
    return answer;
  }

  /// A stream of events, to its end.
  void listen(String path, OutputStream events) {
    byte[] head = Wire.with(request("GET", path, 0), "Accept", "text/event-stream");
    expect(200, path, wire.exchange(head, _ -> {}, events));
  }

  private byte[] request(String method, String path, long length) {
    String type = method.equals("POST") ? FORM : "";
    byte[] head = Wire.head(base, method, path, "", type, length);
    head = Wire.with(head, "Sec-Fetch-Site", "same-origin");
    return cookie.isEmpty() ? head : Wire.with(head, "Cookie", cookie);
  }

  @Override
  public void close() {
    wire.close();
  }
}
