package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/// JGit's requests of one fetch, sent through the outbound proxy. Each redirect is a request of its
/// own, judged by the proxy anew, and carries the login only to where that belongs.
final class ProxiedHttp implements HttpConnectionFactory, AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final String TUNNEL_FAILED = "Tunnel failed, got: ";
  private static final String ADVERTISEMENT = "application/x-git-upload-pack-advertisement";

  private final GitSource source;
  private final WayOut out;
  private final Allowance allowance;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<HttpClient> clients = new CopyOnWriteArrayList<>();
  private int lastStatus;

  ProxiedHttp(GitSource source, WayOut out, Allowance allowance) {
    this.source = source;
    this.out = out;
    this.allowance = allowance;
    allowance.whenOver(this::shutDown);
  }

  @Override
  public HttpConnection create(URL url) throws IOException {
    return create(url, Proxy.NO_PROXY);
  }

  /// What the machine's own settings say of proxies does not count.
  @Override
  public HttpConnection create(URL url, Proxy proxy) throws IOException {
    return new ProxiedConnection(this, url);
  }

  Allowance allowance() {
    return allowance;
  }

  /// Of the newest answer, 0 before the first one.
  int lastStatus() {
    return lastStatus;
  }

  /// One of its own for each request: the proxy ends a connection with its answer, and a client
  /// that does not know would send the next request into the void.
  private HttpClient client() {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX)
            .proxy(ProxySelector.of(out.proxyAddress()))
            .executor(threads)
            .build();
    clients.add(client);
    return client;
  }

  HttpResponse<InputStream> send(HttpRequest.Builder request, URI target) throws IOException {
    allowance.listen();
    source.authorization(target).ifPresent(value -> request.setHeader("Authorization", value));
    out.flow().forEach((name, value) -> request.setHeader(OutboundClient.FOR_PROXY + name, value));
    try {
      HttpResponse<InputStream> response =
          client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      lastStatus = response.statusCode();
      judge(response, target);
      return response;
    } catch (IOException e) {
      throw failure(e, target);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw allowance.end(
          new IngressFault(Reason.TOO_SLOW, "The fetch of the repository was interrupted.", e));
    }
  }

  /// An answer that is no Git server's is none that JGit should make sense of: it would try an old
  /// protocol that cannot be kept small.
  private void judge(HttpResponse<InputStream> response, URI target) {
    Optional<String> refusal = response.headers().firstValue(OutboundClient.REASON);
    if (refusal.isPresent()) {
      throw allowance.end(Refusals.fault(response.statusCode(), refusal.get()));
    }
    if (response.statusCode() != HttpConnection.HTTP_OK) {
      return;
    }
    String type = response.headers().firstValue("Content-Type").orElse("");
    boolean isRefs = String.valueOf(target.getPath()).endsWith("/info/refs");
    boolean isPacked = response.headers().firstValue("Content-Encoding").isPresent();
    if (isPacked || (isRefs && !type.equals(ADVERTISEMENT))) {
      throw allowance.end(
          new IngressFault(
              Reason.HOST_UNREACHABLE,
              target.getHost() + " does not answer as a Git server does."));
    }
  }

  private RuntimeException failure(IOException fault, URI target) {
    Optional<RuntimeException> earlier = allowance.fault();
    if (earlier.isPresent()) {
      return earlier.get();
    }
    for (Throwable cause : causes(fault)) {
      String message = String.valueOf(cause.getMessage());
      if (message.startsWith(TUNNEL_FAILED)) {
        return allowance.end(
            Refusals.ofTunnel(message.substring(TUNNEL_FAILED.length()), target.getHost()));
      }
      if (cause instanceof SSLException) {
        return allowance.end(unreachable("No secure connection to the host: " + message, fault));
      }
      if (cause instanceof ConnectException) {
        return allowance.end(new Fault.Unavailable("The outbound proxy does not answer.", fault));
      }
    }
    return allowance.end(
        unreachable("The connection to " + target.getHost() + " broke off.", fault));
  }

  private static List<Throwable> causes(Throwable fault) {
    return Stream.<Throwable>iterate(fault, Objects::nonNull, Throwable::getCause).toList();
  }

  private static IngressFault unreachable(String message, Throwable cause) {
    return new IngressFault(Reason.HOST_UNREACHABLE, message, cause);
  }

  private void shutDown() {
    clients.forEach(HttpClient::shutdownNow);
  }

  @Override
  public void close() {
    shutDown();
    threads.shutdownNow();
  }
}
