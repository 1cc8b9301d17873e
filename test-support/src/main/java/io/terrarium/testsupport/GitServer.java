package io.terrarium.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A real Git server over http: `git http-backend` behind a small server, which may ask for a login
/// and answer some paths in ways of the test's own.
public final class GitServer implements AutoCloseable {
  private final Path directory;
  private final LocalServer server;
  private final Map<String, String> logins = new ConcurrentHashMap<>();
  private final Map<String, HttpHandler> special = new ConcurrentHashMap<>();
  private final Map<String, String> seen = new ConcurrentHashMap<>();
  private final Set<String> old = ConcurrentHashMap.newKeySet();

  private GitServer(Path directory) {
    this.directory = directory;
    this.server = LocalServer.start(this::answer);
  }

  /// Serves the repositories in `directory`.
  public static GitServer start(Path directory) {
    return new GitServer(directory);
  }

  /// A new and empty repository.
  public GitRepository create(String name) {
    return GitRepository.create(directory.resolve(name + ".git"));
  }

  /// Where a repository is, whether it is there or not.
  public String url(String name) {
    return server.address() + "/" + name + ".git";
  }

  public URI address() {
    return server.address();
  }

  /// From here on `name` is only for who shows this user and password.
  public void protect(String name, String user, String password) {
    String pair = user + ":" + password;
    logins.put(
        name, "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  /// For `name` the server speaks the old protocol alone, by which it gives out no commit that no
  /// branch or tag leads to.
  public void speakOldFor(String name) {
    old.add(name);
  }

  /// Requests below the repository `name` are answered by `handler`.
  public void answerFor(String name, HttpHandler handler) {
    special.put(name, handler);
  }

  /// The newest `Authorization` that requests for `name` have carried, "" for none.
  public String authorization(String name) {
    return seen.getOrDefault(name, "");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String name = name(exchange);
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    seen.put(name, Objects.requireNonNullElse(shown, ""));
    String needed = logins.get(name);
    if (needed != null && !needed.equals(shown)) {
      exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"of the test\"");
      LocalServer.answer(exchange, 401, "who are you?");
    } else {
      special.getOrDefault(name, this::serve).handle(exchange);
    }
  }

  private static String name(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    int end = path.indexOf(".git/");
    return end < 1 ? "" : path.substring(1, end);
  }

  /// By CGI, as a web server would.
  public void serve(HttpExchange exchange) throws IOException {
    serve(exchange, exchange.getRequestBody().readAllBytes());
  }

  /// The same, where the request's body has been read.
  public void serve(HttpExchange exchange, byte[] request) throws IOException {
    Process git = start(exchange, request);
    try (exchange;
        InputStream out = new BufferedInputStream(git.getInputStream())) {
      int status = head(out, exchange);
      exchange.sendResponseHeaders(status, 0);
      out.transferTo(exchange.getResponseBody());
    } finally {
      git.destroy();
    }
  }

  /// The body that Git would answer with.
  public byte[] answer(HttpExchange exchange, byte[] request) throws IOException {
    Process git = start(exchange, request);
    try (InputStream out = new BufferedInputStream(git.getInputStream())) {
      for (String line = line(out); !line.isEmpty(); line = line(out)) {
        // Only what follows the headers is asked for.
      }
      return out.readAllBytes();
    } finally {
      git.destroy();
    }
  }

  private Process start(HttpExchange exchange, byte[] request) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> environment = builder.environment();
    environment.put("GIT_PROJECT_ROOT", directory.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_CONFIG_COUNT", "1");
    environment.put("GIT_CONFIG_KEY_0", "safe.directory");
    environment.put("GIT_CONFIG_VALUE_0", "*");
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put(
        "QUERY_STRING", Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    header(exchange, "Content-Type", environment, "CONTENT_TYPE");
    header(exchange, "Content-Encoding", environment, "HTTP_CONTENT_ENCODING");
    if (!old.contains(name(exchange))) {
      header(exchange, "Git-Protocol", environment, "GIT_PROTOCOL");
    }
    Process git = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream in = git.getOutputStream()) {
      in.write(request);
    } catch (IOException _) {
      // It has heard enough, and has its answer.
    }
    return git;
  }

  private static void header(
      HttpExchange exchange, String name, Map<String, String> environment, String variable) {
    String value = exchange.getRequestHeaders().getFirst(name);
    if (value != null) {
      environment.put(variable, value);
    }
  }

  /// Passes the headers on; the status that they end in.
  private static int head(InputStream out, HttpExchange exchange) throws IOException {
    int status = 200;
    for (String line = line(out); !line.isEmpty(); line = line(out)) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).strip();
      if (line.startsWith("Status:")) {
        status = Integer.parseInt(value.substring(0, 3));
      } else {
        exchange.getResponseHeaders().add(line.substring(0, colon), value);
      }
    }
    return status;
  }

  private static String line(InputStream out) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = out.read(); next >= 0 && next != '\n'; next = out.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /// Whether there is a `git` to serve with.
  public static boolean isInstalled() {
    try {
      return new ProcessBuilder("git", "--exec-path").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
