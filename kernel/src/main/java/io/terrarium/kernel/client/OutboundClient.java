package io.terrarium.kernel.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Calls addresses that users have given, always by way of the outbound proxy, which refuses what
/// is not public. Whatever is there, a call is over in time, reads no more than it may, and follows
/// no redirect: whoever wants to follow one makes another call, which is judged anew.
public final class OutboundClient implements AutoCloseable {
  /// Before the names of headers that are for the proxy, not for the receiver. Java's client sends
  /// headers of such names to a proxy alone, through tunnels too.
  public static final String FOR_PROXY = "Proxy-";

  /// Header of the proxy's own answers: why a request went no further.
  public static final String REASON = "X-Terrarium-Reason";

  private static final String REFUSED =
      "The address leads to no public host: it is private, loopback, link-local or reserved, and"
          + " TERRARIUM_OUTBOUND_ALLOW does not name it.";
  private static final String TUNNEL_FAILED = "Tunnel failed, got: ";

  private final InetSocketAddress proxy;
  private final Duration timeMax;
  private final int bodyBytesMax;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("outbound-client-watch").factory());

  /// What came of a call.
  public sealed interface Result {}

  /// @param body its beginning, as far as it is read
  /// @param isWhole whether `body` is certainly all of it
  public record Answered(
      int status, Map<String, List<String>> headers, byte[] body, boolean isWhole)
      implements Result {
    public boolean isGood() {
      return status / 100 == 2;
    }

    /// The first header of this name, whatever its case.
    public Optional<String> header(String name) {
      return headers.getOrDefault(name, List.of()).stream().findFirst();
    }
  }

  /// No answer came.
  ///
  /// @param reason for people
  /// @param isRefused the address may not be called at all
  public record Failed(String reason, boolean isRefused) implements Result {}

  /// @param timeMax from the call to the last byte that is read
  /// @param bodyBytesMax no more of an answer is read
  public OutboundClient(URI proxy, Duration timeMax, int bodyBytesMax) {
    this.proxy =
        InetSocketAddress.createUnresolved(
            Objects.requireNonNullElse(proxy.getHost(), ""), Math.max(proxy.getPort(), 0));
    this.timeMax = timeMax;
    this.bodyBytesMax = bodyBytesMax;
    watch.setRemoveOnCancelPolicy(true);
  }

  /// @param forProxy headers for the proxy alone, without [#FOR_PROXY]
  public Result post(
      URI url, byte[] body, Map<String, String> headers, Map<String, String> forProxy) {
    return send("POST", url, Optional.of(body), headers, forProxy);
  }

  /// @param forProxy headers for the proxy alone, without [#FOR_PROXY]
  public Result get(URI url, Map<String, String> headers, Map<String, String> forProxy) {
    return send("GET", url, Optional.empty(), headers, forProxy);
  }

  /// @param forProxy headers for the proxy alone, without [#FOR_PROXY]
  public Result send(
      String method,
      URI url,
      Optional<byte[]> body,
      Map<String, String> headers,
      Map<String, String> forProxy) {
    HttpRequest.Builder request =
        // Java's client would write letters beyond ASCII as question marks.
        HttpRequest.newBuilder(URI.create(url.toASCIIString()))
            .timeout(timeMax)
            .method(
                method,
                body.map(HttpRequest.BodyPublishers::ofByteArray)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    headers.forEach(request::setHeader);
    forProxy.forEach((name, value) -> request.setHeader(FOR_PROXY + name, value));
    return call(request.build());
  }

  /// A client of its own for each call: nothing of one is left for the next, and its end ends
  /// whatever the other side still has in hand.
  private Result call(HttpRequest request) {
    AtomicBoolean isLate = new AtomicBoolean();
    HttpClient http = client();
    ScheduledFuture<?> end =
        watch.schedule(
            () -> {
              isLate.set(true);
              http.shutdownNow();
            },
            timeMax.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      HttpResponse<InputStream> response =
          http.send(request, HttpResponse.BodyHandlers.ofInputStream());
      return answered(response);
    } catch (IOException e) {
      return isLate.get() ? late() : failed(e);
    } catch (IllegalArgumentException e) {
      // Java's client asks for certificates by name, and takes a bare IPv6 address for a bad one.
      return new Failed("The address cannot be called: a secure host needs a name.", false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Failed("The call was interrupted.", false);
    } finally {
      end.cancel(false);
      http.shutdownNow();
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(ProxySelector.of(proxy))
        .executor(threads)
        .build();
  }

  private Result answered(HttpResponse<InputStream> response) throws IOException {
    Optional<String> reason = response.headers().firstValue(REASON);
    if (reason.isPresent()) {
      return new Failed(reason.get(), response.statusCode() == 403);
    }
    byte[] body = response.body().readNBytes(bodyBytesMax);
    return new Answered(
        response.statusCode(), response.headers().map(), body, body.length < bodyBytesMax);
  }

  private Failed failed(IOException fault) {
    if (fault instanceof java.net.http.HttpTimeoutException) {
      return late();
    }
    List<Throwable> causes =
        Stream.<Throwable>iterate(fault, Objects::nonNull, Throwable::getCause).toList();
    for (Throwable cause : causes) {
      String message = String.valueOf(cause.getMessage());
      if (message.startsWith(TUNNEL_FAILED)) {
        return withoutTunnel(message.substring(TUNNEL_FAILED.length()));
      }
      if (cause instanceof SSLException) {
        return new Failed("No secure connection to the host: " + message, false);
      }
      if (cause instanceof ConnectException) {
        return new Failed("The outbound proxy does not answer.", false);
      }
    }
    return new Failed("The connection broke off: " + fault.getMessage(), false);
  }

  /// Of the proxy's answer to `CONNECT` Java's client tells the status alone.
  private static Failed withoutTunnel(String status) {
    return switch (status) {
      case "403" -> new Failed(REFUSED, true);
      case "503" -> new Failed("Too many requests are on their way out.", false);
      default -> new Failed("The host cannot be found or does not answer.", false);
    };
  }

  private Failed late() {
    return new Failed("No whole answer came within " + timeMax.toSeconds() + " seconds.", false);
  }

  @Override
  public void close() {
    watch.shutdownNow();
    threads.shutdownNow();
  }
}
