package io.terrarium.mesh;

import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// Other people's servers that take notifications, each by its path. All of them answer well when
/// they are asked whether they are there; what they do later is their own.
final class Receivers implements AutoCloseable {
  private final Platform platform = Platform.start();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Letter> letters = new CopyOnWriteArrayList<>();
  private final HttpService http;

  record Letter(String path, String body, String signature) {}

  Receivers() {
    http =
        HttpService.start(
            platform.vertx(),
            "receivers of the test",
            HttpAddress.loopback(0),
            api -> api.post("/*", this::answer));
  }

  String url(String path) {
    return "http://127.0.0.1:" + http.port() + path;
  }

  /// What came to a path, whether it was answered or not.
  List<Letter> letters(String path) {
    return letters.stream().filter(letter -> letter.path().equals(path)).toList();
  }

  private Reply answer(Call call) throws InterruptedException {
    String body = new String(call.body(), StandardCharsets.UTF_8);
    letters.add(
        new Letter(call.path(), body, call.header("X-TFE-Notification-Signature").orElse("")));
    if (body.contains("\"verification\"")) {
      return Reply.text(200, "here");
    }
    return switch (call.path()) {
      case "/hangs" -> {
        end.await();
        yield Reply.noContent();
      }
      case "/endless" -> Reply.stream(200, "text/plain", new Endless(), -1);
      case "/moved" -> Reply.redirect(302, "http://169.254.169.254/latest/meta-data/");
      case "/broken" -> Reply.text(500, "out of order");
      default -> Reply.text(200, "thanks");
    };
  }

  @Override
  public void close() {
    end.countDown();
    http.close();
    platform.close();
  }

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return '.';
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Arrays.fill(target, offset, offset + length, (byte) '.');
      return length;
    }
  }
}
