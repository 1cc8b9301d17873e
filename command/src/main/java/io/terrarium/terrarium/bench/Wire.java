package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// One connection of HTTP/1.1 that is kept, for one thread. It does as little as can be, since it
/// shares the processors with what it measures.
final class Wire implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int SILENCE_MILLIS_MAX = 120_000;
  // Servers close what has been silent for long.
  private static final Duration KEPT = Duration.ofSeconds(5);

  private final URI base;
  private final SocketFactory sockets;
  private final Duration kept;
  private volatile Line line;
  private long lastUsed = System.nanoTime();

  Wire(URI base) {
    this(base, SocketFactory.getDefault(), KEPT);
  }

  /// @param sockets with TLS, where `base` has it
  /// @param kept how long it may be silent until another takes its place
  Wire(URI base, SocketFactory sockets, Duration kept) {
    this.base = base;
    this.sockets = sockets;
    this.kept = kept;
    line = connect();
  }

  private record Line(Socket socket, InputStream in, OutputStream out) {}

  private Line connect() {
    try {
      Socket socket = sockets.createSocket(base.getHost(), base.getPort());
      if (socket instanceof SSLSocket secured) {
        greet(secured);
      }
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(SILENCE_MILLIS_MAX);
      return new Line(
          socket,
          new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES),
          socket.getOutputStream());
    } catch (IOException e) {
      throw new MeshFault("no mesh answers at " + base, e);
    }
  }

  /// Whoever answers must be who the certificate says.
  private static void greet(SSLSocket socket) throws IOException {
    SSLParameters wanted = socket.getSSLParameters();
    wanted.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(wanted);
    socket.startHandshake();
  }

  /// @param headers by their names in lower case
  /// @param firstByteNanos from the request's first byte out to the answer's first byte in
  record Answer(int status, Map<String, String> headers, byte[] body, long firstByteNanos) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String location() {
      return headers.getOrDefault("location", "");
    }

    Answer with(byte[] found) {
      return new Answer(status, headers, found, firstByteNanos);
    }
  }

  /// Writes the body of a request.
  @FunctionalInterface
  interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /// @param token of the caller, empty for nobody
  static byte[] head(URI base, String method, String path, String token, String type, long length) {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ");
    head.append(base.getRawAuthority()).append("\r\n");
    if (!token.isEmpty()) {
      head.append("Authorization: Bearer ").append(token).append("\r\n");
    }
    if (!type.isEmpty()) {
      head.append("Content-Type: ").append(type).append("\r\n");
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A head with one more header.
  static byte[] with(byte[] head, String name, String value) {
    String text = new String(head, StandardCharsets.ISO_8859_1);
    return (text.substring(0, text.length() - 2) + name + ": " + value + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A whole request and its answer.
  Answer send(byte[] request) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(8 * 1024);
    Answer head = exchange(request, _ -> {}, body);
    return head.with(body.toByteArray());
  }

  /// The answer's head alone; the body of the request is written, and that of the answer passed on,
  /// as they come.
  Answer exchange(byte[] head, Body body, OutputStream sink) {
    try {
      if (System.nanoTime() - lastUsed > kept.toNanos()) {
        line.socket().close();
        line = connect();
      }
      long begin = System.nanoTime();
      line.out().write(head);
      body.writeTo(line.out());
      line.out().flush();
      Answer answer = read(sink, begin);
      lastUsed = System.nanoTime();
      return answer;
    } catch (IOException e) {
      throw new MeshFault("the mesh at " + base + " does not answer: " + e.getMessage(), e);
    }
  }

  /// Sends a large body.
  Answer upload(byte[] head, Body body) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    Answer seen = exchange(head, body, answer);
    return seen.with(answer.toByteArray());
  }

  /// Asks for a large body.
  Answer download(byte[] request, OutputStream sink) {
    return exchange(request, _ -> {}, sink);
  }

  private Answer read(OutputStream sink, long begin) throws IOException {
    line.in().mark(1);
    if (line.in().read() < 0) {
      throw new EOFException("the connection was closed");
    }
    long firstByteNanos = System.nanoTime() - begin;
    line.in().reset();
    int status = Integer.parseInt(nextLine().substring(9, 12));
    Map<String, String> headers = new HashMap<>();
    for (String field = nextLine(); !field.isEmpty(); field = nextLine()) {
      int colon = field.indexOf(':');
      headers.put(
          field.substring(0, colon).toLowerCase(Locale.ROOT), field.substring(colon + 1).strip());
    }
    if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
      copyChunks(sink);
    } else {
      copy(Long.parseLong(headers.getOrDefault("content-length", "0")), sink);
    }
    return new Answer(status, headers, new byte[0], firstByteNanos);
  }

  private void copyChunks(OutputStream sink) throws IOException {
    for (long size = chunk(); size > 0; size = chunk()) {
      copy(size, sink);
      nextLine();
    }
    nextLine();
  }

  private long chunk() throws IOException {
    return Long.parseLong(nextLine().split(";", 2)[0].strip(), 16);
  }

  private void copy(long bytes, OutputStream sink) throws IOException {
    byte[] buffer = new byte[(int) Math.min(bytes, BUFFER_BYTES)];
    for (long left = bytes; left > 0; ) {
      int read = line.in().read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("the answer is cut short");
      }
      sink.write(buffer, 0, read);
      left -= read;
    }
  }

  private String nextLine() throws IOException {
    StringBuilder text = new StringBuilder(64);
    for (int next = line.in().read(); next != '\n'; next = line.in().read()) {
      if (next < 0) {
        throw new EOFException("the connection was closed");
      }
      if (next != '\r') {
        text.append((char) next);
      }
    }
    return text.toString();
  }

  @Override
  public void close() {
    try {
      line.socket().close();
    } catch (IOException e) {
      throw new MeshFault("a connection cannot be closed", e);
    }
  }
}
