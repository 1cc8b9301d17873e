package io.terrarium.outboundproxy;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.metrics.Metrics;
import io.terrarium.kernel.runtime.Platform;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves one request: lets it through, or says why not. Both its hops are told from here, since
/// its receiver is nobody's of the mesh.
final class Requests {
  private static final Logger log = LoggerFactory.getLogger(Requests.class);
  private static final String RECEIVER = "receiver";
  private static final String COUNTED = "outbound.requests";
  private static final int HEAD_MILLIS_MAX = 10_000;
  private static final int LINGER_MILLIS_MAX = 1_000;
  private static final int LINGER_BYTES_MAX = 1_000_000;

  private final Doorkeeper door;
  private final long bytesMax;
  private final HopReporter hops;
  private final Clock clock;
  private final Metrics metrics;

  Requests(Doorkeeper door, long bytesMax, HopReporter hops, Platform platform) {
    this.door = door;
    this.bytesMax = bytesMax;
    this.hops = hops;
    this.clock = platform.clock();
    this.metrics = platform.metrics();
  }

  /// @param watch holds the receiver's connection until it is closed
  void serve(Socket sender, Function<Socket, AutoCloseable> watch) throws IOException {
    Instant received = clock.instant();
    try {
      sender.setSoTimeout(HEAD_MILLIS_MAX);
      Optional<RequestHead> head = RequestHead.read(sender.getInputStream());
      sender.setSoTimeout(0);
      if (head.isPresent() && head.get().isForUs()) {
        answerOurs(sender, head.get());
      } else if (head.isPresent()) {
        passOn(sender, head.get(), received, watch);
      }
    } catch (Refusal refusal) {
      metrics.count(COUNTED, "outcome", "refused");
      refuse(sender, refusal);
    }
  }

  private void passOn(
      Socket sender, RequestHead head, Instant received, Function<Socket, AutoCloseable> watch)
      throws IOException, Refusal {
    Target target = head.destination();
    Shown.Outbound call =
        new Shown.Outbound(head.method(), target.host(), target.port(), head.isTunnel());
    Flow flow = Flow.of(name -> head.header(OutboundClient.FOR_PROXY + name), received);
    Socket receiver;
    try {
      receiver = door.open(target);
    } catch (Refusal refusal) {
      log.atInfo()
          .addKeyValue("host", target.host())
          .addKeyValue("reason", refusal.reason())
          .log("request refused");
      tell(flow, OutboundProxy.NAME, call, received, "refused: " + refusal.reason(), 0);
      throw refusal;
    }
    Instant sent = clock.instant();
    tell(flow, OutboundProxy.NAME, call, received, "ok", 0);
    metrics.count(COUNTED, "outcome", "passed_on");
    Passage passage = new Passage(sender, receiver, bytesMax);
    String outcome = "ok";
    try (AutoCloseable _ = watch.apply(receiver)) {
      if (head.isTunnel()) {
        write(sender, "HTTP/1.1 200 Connection established\r\n\r\n");
      } else {
        receiver.getOutputStream().write(head.forReceiver());
      }
      passage.carry();
    } catch (IOException e) {
      outcome = "broke off: " + e.getMessage();
      throw e;
    } catch (Refusal | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    } finally {
      tell(flow.on(OutboundProxy.NAME, sent), RECEIVER, call, sent, outcome, passage.answered());
    }
  }

  private void tell(
      Flow flow, String to, Shown.Outbound call, Instant received, String outcome, long bytes) {
    if (flow.id().isEmpty()) {
      return;
    }
    Hop hop =
        flow.hop(Step.OURS, "call " + call.host(), to, Medium.HTTP, received, clock.instant())
            .carrying(bytes)
            .telling(Map.of("host", call.host()))
            .sending(call);
    hops.add(hop.endingWith(outcome));
  }

  private void answerOurs(Socket sender, RequestHead head) throws IOException, Refusal {
    switch (head.method() + " " + head.target()) {
      case "GET /_health" ->
          answer(sender, "200 OK", "", Json.SNAKE.writeValueAsString(Map.of("status", "up")));
      case "GET /metrics" -> answer(sender, "200 OK", Metrics.CONTENT_TYPE, "", metrics.text());
      case "GET /metrics/process" ->
          answer(sender, "200 OK", "", Json.SNAKE.writeValueAsString(metrics.container()));
      default ->
          throw new Refusal(
              Refusal.BAD_REQUEST,
              "This is a proxy: it takes CONNECT, and requests with whole addresses.");
    }
  }

  static void refuse(Socket sender, Refusal refusal) throws IOException {
    String words =
        switch (refusal.status()) {
          case Refusal.BAD_REQUEST -> "400 Bad Request";
          case Refusal.FORBIDDEN -> "403 Forbidden";
          case Refusal.BAD_GATEWAY -> "502 Bad Gateway";
          default -> "503 Service Unavailable";
        };
    Map<String, Object> error =
        Map.of(
            "status",
            Integer.toString(refusal.status()),
            "title",
            "refused by the outbound proxy",
            "detail",
            refusal.reason());
    answer(
        sender,
        words,
        OutboundClient.REASON + ": " + headerText(refusal.reason()) + "\r\n",
        Json.SNAKE.writeValueAsString(Map.of("errors", List.of(error))));
    linger(sender);
  }

  /// Takes what the sender still has to say: a connection that is closed with something unread is
  /// reset, and the answer may be lost with it.
  private static void linger(Socket sender) throws IOException {
    sender.shutdownOutput();
    sender.setSoTimeout(LINGER_MILLIS_MAX);
    sender.getInputStream().readNBytes(LINGER_BYTES_MAX);
  }

  private static String headerText(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  private static void answer(Socket sender, String status, String headers, String body)
      throws IOException {
    answer(sender, status, "application/json", headers, body);
  }

  private static void answer(
      Socket sender, String status, String contentType, String headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    write(
        sender,
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: "
            + contentType
            + "\r\nContent-Length: "
            + bytes.length
            + "\r\nConnection: close\r\n"
            + headers
            + "\r\n"
            + body);
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
