package io.terrarium.sidekiqworker;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One HTTP server in the place of build-manager, state-parser, archivist and atlas. It keeps what
/// it was asked and answers as the test has told it.
final class Neighbours implements AutoCloseable {
  private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<JsonNode> hops = new LinkedBlockingQueue<>();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final HttpService http;

  /// A request as it came in, with its method where it is no POST; `token` and `flow` are "" when
  /// it carried none.
  record Asked(
      String uri,
      String token,
      String flow,
      String phase,
      String from,
      String sentAt,
      String contentType,
      String body) {
    private static Asked of(Call call, String uri) {
      return new Asked(
          uri,
          header(call, "Authorization"),
          header(call, "x-terrarium-flow"),
          header(call, "x-terrarium-phase"),
          header(call, "x-terrarium-from"),
          header(call, "x-terrarium-sent-at"),
          header(call, "Content-Type"),
          new String(call.body(), StandardCharsets.UTF_8));
    }

    private static String header(Call call, String name) {
      return call.header(name).orElse("");
    }
  }

  Neighbours(Platform platform) {
    http =
        HttpService.start(
            platform.vertx(),
            "neighbours of the test",
            HttpAddress.loopback(0),
            api -> {
              api.post(
                  InternalApi.HOPS,
                  call -> {
                    call.tree().orElseThrow().forEach(hops::add);
                    return Reply.noContent();
                  });
              api.post("/*", call -> answer(call, call.uri()));
              api.get("/*", call -> answer(call, "GET " + call.uri()));
              api.delete(
                  "/*",
                  call -> {
                    asked.add(Asked.of(call, "DELETE " + call.uri()));
                    return Reply.noContent();
                  });
            });
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + http.port());
  }

  /// The answer to the next request, after those that were told before.
  void willAnswer(int status, String body) {
    willAnswer(status, body.getBytes(StandardCharsets.UTF_8));
  }

  void willAnswer(int status, byte[] body) {
    replies.add(Reply.stream(status, "application/json", new ByteArrayInputStream(body), -1));
  }

  /// As [#willAnswer], with another address.
  void willRedirect(String location) {
    replies.add(Reply.redirect(302, location));
  }

  /// What was asked next; waits for it.
  Asked next(Duration longest) throws InterruptedException {
    return next(asked, longest);
  }

  /// The next hop of `flow` that is reported; waits for it.
  JsonNode nextHop(String flow, Duration longest) throws InterruptedException {
    while (true) {
      JsonNode hop = next(hops, longest);
      if (hop.path("flow").asText().equals(flow)) {
        return hop;
      }
    }
  }

  int waiting() {
    return asked.size();
  }

  void forget() {
    asked.clear();
    hops.clear();
    replies.clear();
  }

  private static <T> T next(LinkedBlockingQueue<T> queue, Duration longest)
      throws InterruptedException {
    return Objects.requireNonNull(
        queue.poll(longest.toSeconds(), TimeUnit.SECONDS), "nothing was asked in time");
  }

  private Reply answer(Call call, String uri) {
    asked.add(Asked.of(call, uri));
    Reply reply = replies.poll();
    return reply == null ? Reply.json(202, Map.of()) : reply;
  }

  @Override
  public void close() {
    http.close();
  }
}
