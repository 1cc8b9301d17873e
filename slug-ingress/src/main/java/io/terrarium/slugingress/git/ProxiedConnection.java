package io.terrarium.slugingress.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.jspecify.annotations.Nullable;

/// One request of JGit's and its answer. What is sent is small, since we have nothing that a host
/// would have to hear of; what comes back streams.
final class ProxiedConnection implements HttpConnection {
  private final ProxiedHttp http;
  private final URL url;
  private final URI target;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private String method = "GET";
  private @Nullable HttpResponse<InputStream> response;
  private @Nullable InputStream answer;

  ProxiedConnection(ProxiedHttp http, URL url) throws IOException {
    this.http = http;
    this.url = url;
    try {
      target = url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("the host leads to an address that is no valid URL", e);
    }
  }

  @Override
  public void connect() throws IOException {
    response();
  }

  private HttpResponse<InputStream> response() throws IOException {
    HttpResponse<InputStream> sent = response;
    if (sent == null) {
      sent = http.send(request(), target);
      response = sent;
    }
    return sent;
  }

  private HttpRequest.Builder request() throws IOException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(target)
              .method(
                  method,
                  body.size() == 0
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
      headers.forEach(request::setHeader);
      return request;
    } catch (IllegalArgumentException e) {
      throw new IOException("the address cannot be called: " + e.getMessage(), e);
    }
  }

  @Override
  public int getResponseCode() throws IOException {
    return response().statusCode();
  }

  @Override
  public String getResponseMessage() {
    return "";
  }

  @Override
  public URL getURL() {
    return url;
  }

  @Override
  public Map<String, List<String>> getHeaderFields() {
    HttpResponse<InputStream> sent = response;
    return sent == null ? Map.of() : sent.headers().map();
  }

  @Override
  public List<String> getHeaderFields(String name) {
    HttpResponse<InputStream> sent = response;
    return sent == null ? List.of() : sent.headers().allValues(name);
  }

  @Override
  public @Nullable String getHeaderField(String name) {
    List<String> values = getHeaderFields(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  @Override
  public @Nullable String getContentType() {
    return getHeaderField("Content-Type");
  }

  @Override
  public int getContentLength() {
    return -1;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    InputStream open = answer;
    if (open == null) {
      open = new HeardStream(response().body(), http.allowance());
      answer = open;
    }
    return open;
  }

  @Override
  public OutputStream getOutputStream() {
    return body;
  }

  @Override
  public void setRequestMethod(String name) throws ProtocolException {
    method = name;
  }

  @Override
  public String getRequestMethod() {
    return method;
  }

  /// Nothing is asked for in a packed form, which could be larger than any limit once unpacked.
  @Override
  public void setRequestProperty(String key, String value) {
    switch (key.toLowerCase(Locale.ROOT)) {
      case "accept-encoding", "content-length", "connection", "host", "expect" -> {}
      default -> headers.put(key, value);
    }
  }

  @Override
  public boolean usingProxy() {
    return true;
  }

  /// Never asked for: JGit is given no setting that would make it trust everybody.
  @Override
  public void configure(KeyManager[] km, TrustManager[] tm, SecureRandom random) {
    throw new UnsupportedOperationException("certificates are checked");
  }

  @Override
  public void setHostnameVerifier(HostnameVerifier verifier) {
    throw new UnsupportedOperationException("certificates are checked");
  }

  // How it is sent is settled here: through the proxy, without redirects, within the allowance.

  @Override
  public void setUseCaches(boolean useCaches) {}

  @Override
  public void setConnectTimeout(int timeout) {}

  @Override
  public void setReadTimeout(int timeout) {}

  @Override
  public void setInstanceFollowRedirects(boolean followRedirects) {}

  @Override
  public void setDoOutput(boolean doOutput) {}

  @Override
  public void setFixedLengthStreamingMode(int contentLength) {}

  @Override
  public void setChunkedStreamingMode(int chunkLength) {}
}
