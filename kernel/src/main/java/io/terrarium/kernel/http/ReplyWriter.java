package io.terrarium.kernel.http;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.telemetry.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs an endpoint and writes what comes of it, faults and bugs included.
final class ReplyWriter {
  private static final Logger log = LoggerFactory.getLogger(ReplyWriter.class);
  private static final int CHUNK_BYTES = 64 * 1024;

  /// Shorter than what routers wait for.
  private static final Duration SILENCE_MAX = Duration.ofSeconds(15);

  private final Map<String, String> speaker;
  private final RouteMeter.Source meters;

  /// @param speaker in whose name the log speaks
  ReplyWriter(Map<String, String> speaker, RouteMeter.Source meters) {
    this.speaker = Map.copyOf(speaker);
    this.meters = meters;
  }

  Optional<RouteMeter> meterOf(MountedRoute route) {
    return meters.of(route);
  }

  /// Never blocks on the event loop: the caller is on a virtual thread.
  void write(RoutingContext context, Endpoint endpoint, Call call) {
    String requestId = RequestId.of(call.header(RequestId.HEADER));
    try (LogScope _ = LogScope.open(logged(call, requestId))) {
      Reply reply = answer(endpoint, call, requestId);
      send(context.response(), call, reply.with(RequestId.HEADER, requestId));
    } finally {
      BodyStream body = context.get(BodyStream.KEY);
      if (body != null) {
        body.discardRest();
      }
    }
  }

  private Map<String, String> logged(Call call, String requestId) {
    Map<String, String> fields = new LinkedHashMap<>(speaker);
    fields.put(LogScope.REQUEST_ID, requestId);
    call.header(TraceContext.HEADER)
        .flatMap(TraceContext::of)
        .ifPresent(place -> fields.put(LogScope.TRACE_ID, place.traceId()));
    return fields;
  }

  private static Reply answer(Endpoint endpoint, Call call, String requestId) {
    try {
      return endpoint.answer(call);
    } catch (Fault fault) {
      return Errors.reply(fault);
    } catch (Exception e) {
      if (BodyStream.SenderGone.isCauseOf(e)) {
        return Errors.reply(new Fault.BadRequest("The body broke off."));
      }
      return Outages.find(e, call).map(Errors::reply).orElseGet(() -> bug(e, call, requestId));
    }
  }

  private static Reply bug(Exception bug, Call call, String requestId) {
    log.atError()
        .setCause(bug)
        .addKeyValue("method", call.method())
        .addKeyValue("path", LoggedPath.of(call.path()))
        .log("request failed by a bug");
    return Errors.reply(
        500,
        "internal error",
        "Something broke here. The log has it under request " + requestId + ".");
  }

  private static void send(HttpServerResponse response, Call call, Reply reply) {
    if (response.ended() || response.closed()) {
      close(reply);
      return;
    }
    response.setStatusCode(reply.status());
    call.answerHeaders().forEach(response::putHeader);
    for (Map.Entry<String, String> header : reply.headers()) {
      response.putHeader(header.getKey(), header.getValue());
    }
    switch (reply.body()) {
      case Reply.Empty _ -> response.end();
      case Reply.Bytes(byte[] bytes) -> response.end(Buffer.buffer(bytes));
      case Reply.Stream(InputStream bytes, long length) -> stream(response, call, bytes, length);
      case Reply.Events(EventFeed feed) -> tell(response, feed);
    }
  }

  /// Waits for each chunk but the newest to be on the wire, so that a slow reader holds us back.
  private static void stream(
      HttpServerResponse response, Call call, InputStream bytes, long length) {
    if (length >= 0) {
      response.putHeader("Content-Length", Long.toString(length));
    } else {
      response.setChunked(true);
    }
    try (bytes) {
      Future<Void> written = Future.succeededFuture();
      while (true) {
        byte[] chunk = bytes.readNBytes(CHUNK_BYTES);
        if (chunk.length == 0) {
          break;
        }
        Future<Void> before = written;
        written = response.write(Buffer.buffer(chunk));
        before.toCompletionStage().toCompletableFuture().join();
      }
      response.end();
    } catch (IOException | RuntimeException broken) {
      // The status is on the wire already; only a cut connection tells the reader now.
      log.atWarn()
          .addKeyValue("path", LoggedPath.of(call.path()))
          .addKeyValue("error", broken.toString())
          .log("response broke off");
      response.reset();
    }
  }

  /// Goes on until the feed ends or the reader has gone, which a word now and then finds out.
  private static void tell(HttpServerResponse response, EventFeed feed) {
    response.setChunked(true);
    response.closeHandler(_ -> feed.close());
    response.exceptionHandler(_ -> feed.close());
    try (feed) {
      Optional<String> next = Optional.of("");
      while (next.isPresent() && !response.closed()) {
        String told = next.get().isEmpty() ? ":\n\n" : next.get();
        response.write(Buffer.buffer(told)).toCompletionStage().toCompletableFuture().join();
        next = feed.next(SILENCE_MAX);
      }
      if (!response.closed()) {
        response.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.reset();
    } catch (RuntimeException gone) {
      log.atDebug().setCause(gone).log("the reader of events has gone");
      response.reset();
    }
  }

  private static void close(Reply reply) {
    if (reply.body() instanceof Reply.Events(EventFeed feed)) {
      feed.close();
    }
    if (reply.body() instanceof Reply.Stream(InputStream bytes, long _)) {
      try {
        bytes.close();
      } catch (IOException e) {
        log.atDebug().setCause(e).log("stream of a gone reader did not close");
      }
    }
  }

  /// JSON:API errors.
  static final class Errors {
    private Errors() {}

    static Reply reply(Fault fault) {
      List<JsonError> errors =
          fault.problems().stream()
              .map(problem -> JsonError.of(fault.status(), fault.title(), problem))
              .toList();
      return Reply.document(fault.status(), new ErrorDocument(errors));
    }

    static Reply reply(int status, String title, String detail) {
      return Reply.document(
          status,
          new ErrorDocument(List.of(JsonError.of(status, title, new Fault.Problem(detail, null)))));
    }
  }
}
