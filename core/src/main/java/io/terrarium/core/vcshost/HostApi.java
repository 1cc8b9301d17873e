package io.terrarium.core.vcshost;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.client.OutboundClient.Answered;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The API of one host, called with one token, which goes nowhere but to the host of the API's
/// address.
final class HostApi {
  private static final int REDIRECTS_MAX = 3;

  private final HostLine line;
  private final String root;
  private final Map<String, String> headers;

  /// @param root below it are the paths that are called
  /// @param headers of each call, the token among them
  HostApi(HostLine line, String root, Map<String, String> headers) {
    this.line = line;
    this.root = root;
    this.headers = Map.copyOf(headers);
  }

  private record Body(String type, byte[] bytes) {}

  /// @param path below the root, encoded, with its query
  Outcome<Answer> get(String path, Sieve wanted) {
    return call("GET", path, Optional.empty()).then(answer -> read(answer, wanted));
  }

  /// @param read what is wanted of the answer; may find some of it [Fields.Missing]
  <T> Outcome<T> get(String path, Sieve wanted, Function<Fields, T> read) {
    return get(path, wanted).then(answer -> understood(answer, read));
  }

  /// @param body becomes JSON
  /// @param read what is wanted of the answer; may find some of it [Fields.Missing]
  <T> Outcome<T> send(
      String method, String path, Object body, Sieve wanted, Function<Fields, T> read) {
    return call(method, path, Optional.of(new Body("application/json", json(body))))
        .then(answer -> read(answer, wanted))
        .then(answer -> understood(answer, read));
  }

  /// As a browser sends a form.
  <T> Outcome<T> sendForm(
      String path, Map<String, String> fields, Sieve wanted, Function<Fields, T> read) {
    byte[] form = Texts.form(fields).getBytes(StandardCharsets.US_ASCII);
    return call("POST", path, Optional.of(new Body("application/x-www-form-urlencoded", form)))
        .then(answer -> read(answer, wanted))
        .then(answer -> understood(answer, read));
  }

  /// Whether there was something; nothing to delete is no trouble.
  Outcome<Boolean> delete(String path) {
    return switch (call("DELETE", path, Optional.empty())) {
      case Outcome.Done<Answered> _ -> new Outcome.Done<>(true);
      case Outcome.Failed<Answered>(Trouble.NotFound _) -> new Outcome.Done<>(false);
      case Outcome.Failed<Answered>(Trouble trouble) -> new Outcome.Failed<>(trouble);
    };
  }

  /// The first line of an answer that is no JSON.
  Outcome<String> line(String path) {
    return call("GET", path, Optional.empty()).map(answer -> Texts.line(answer.body()));
  }

  /// `url` as a path for [#get]; empty where it leads away from the API.
  Optional<String> path(String url) {
    return url.startsWith(root + "/")
        ? Optional.of(url.substring(root.length()))
        : Optional.empty();
  }

  private static byte[] json(Object body) {
    try {
      return Json.SNAKE.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists of texts can be written", e);
    }
  }

  private Outcome<Answered> call(String method, String path, Optional<Body> body) {
    Optional<URI> url = Origins.parse(root + path).filter(Origins::isHttp);
    if (url.isEmpty()) {
      return new Outcome.Failed<>(
          new Trouble.Rejected("The address of the host is no http or https address."));
    }
    if (!headers.values().stream().allMatch(value -> value.matches("\\p{Print}*"))) {
      return new Outcome.Failed<>(
          new Trouble.Refused("The token has characters that no token has; give it anew."));
    }
    return call(method, url.get(), body, 0);
  }

  private Outcome<Answered> call(String method, URI url, Optional<Body> body, int redirects) {
    Map<String, String> all = new HashMap<>(headers);
    body.ifPresent(given -> all.put("Content-Type", given.type()));
    OutboundClient.Result result =
        line.outside().send(method, url, body.map(Body::bytes), all, line.forProxy());
    return switch (result) {
      case OutboundClient.Failed failed -> new Outcome.Failed<>(Answers.unanswered(failed));
      case Answered answer when answer.isGood() -> new Outcome.Done<>(answer);
      case Answered answer when isRedirect(answer, method) ->
          follow(answer, method, url, body, redirects);
      case Answered answer -> new Outcome.Failed<>(Answers.trouble(answer));
    };
  }

  /// So hosts answer for repositories that have a new name. What changes something is repeated
  /// elsewhere only where the host says that nothing was done yet.
  private static boolean isRedirect(Answered answer, String method) {
    return switch (answer.status()) {
      case 301, 302, 303 -> method.equals("GET");
      case 307, 308 -> true;
      default -> false;
    };
  }

  private Outcome<Answered> follow(
      Answered answer, String method, URI from, Optional<Body> body, int redirects) {
    Optional<URI> to =
        answer
            .header("location")
            .flatMap(location -> Origins.resolve(from, location))
            .filter(url -> Origins.same(url, from));
    if (to.isEmpty() || redirects == REDIRECTS_MAX) {
      return new Outcome.Failed<>(
          new Trouble.Rejected(
              "The host sends to another address, where the token must not go. If that is the"
                  + " host's right address, name it in the connection."));
    }
    return call(method, to.get(), body, redirects + 1);
  }

  private static Outcome<Answer> read(Answered answer, Sieve wanted) {
    if (answer.body().length == 0) {
      return new Outcome.Done<>(new Answer(answer.headers(), Fields.NONE, true));
    }
    try {
      Fields fields = wanted.read(answer.body());
      return new Outcome.Done<>(new Answer(answer.headers(), fields, fields.isWhole()));
    } catch (IOException e) {
      return answer.isWhole()
          ? new Outcome.Failed<>(
              new Trouble.Rejected("The host answers what is no JSON; look at the API's address."))
          : new Outcome.Done<>(new Answer(answer.headers(), Fields.NONE, false));
    }
  }

  private static <T> Outcome<T> understood(Answer answer, Function<Fields, T> read) {
    try {
      return new Outcome.Done<>(read.apply(answer.fields()));
    } catch (Fields.Missing e) {
      return new Outcome.Failed<>(
          new Trouble.Rejected(
              "The host's answer is not as documented: "
                  + e.getMessage()
                  + "; look at the API's address."));
    }
  }
}
