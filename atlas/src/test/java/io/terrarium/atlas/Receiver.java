package io.terrarium.atlas;

import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody's server that takes notifications: well at `/good`, and badly at other paths.
final class Receiver implements AutoCloseable {
  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private final HttpService http;

  record Letter(String path, String body, String signature) {}

  Receiver(Platform platform) {
    http =
        HttpService.start(
            platform.vertx(),
            "receiver of the test",
            HttpAddress.loopback(0),
            api -> {
              api.post("/good", call -> take(call, Reply.text(200, "thanks")));
              api.post("/bad", call -> take(call, Reply.text(500, "out of order")));
              api.post("/moved", call -> take(call, Reply.redirect(302, url("/good"))));
            });
  }

  String url(String path) {
    return "http://127.0.0.1:" + http.port() + path;
  }

  List<Letter> letters() {
    return letters;
  }

  private Reply take(Call call, Reply reply) {
    letters.add(
        new Letter(
            call.path(),
            new String(call.body(), StandardCharsets.UTF_8),
            call.header("X-TFE-Notification-Signature").orElse("")));
    return reply;
  }

  @Override
  public void close() {
    http.close();
  }
}
