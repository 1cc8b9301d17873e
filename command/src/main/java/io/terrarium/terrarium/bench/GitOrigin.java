package io.terrarium.terrarium.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/// A Git host for the bench: one repository, served over http to this machine alone, by JGit, so
/// that no other program is needed.
final class GitOrigin implements AutoCloseable {
  // A name that modules are published under.
  private static final String NAME = "/terraform-null-bench.git";
  private static final String SERVICE = "git-upload-pack";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Repository repository;

  private GitOrigin(HttpServer server, Repository repository) {
    this.server = server;
    this.repository = repository;
  }

  static GitOrigin start(Path directory) {
    try {
      Repository repository =
          new FileRepositoryBuilder().setBare().setGitDir(directory.toFile()).build();
      repository.create(true);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      GitOrigin origin = new GitOrigin(server, repository);
      server.setExecutor(origin.threads);
      server.createContext(NAME + "/info/refs", origin::advertise);
      server.createContext(NAME + "/" + SERVICE, origin::upload);
      server.start();
      return origin;
    } catch (IOException e) {
      throw new MeshFault("no Git host can be started for the bench: " + e.getMessage(), e);
    }
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// Below [#address].
  String identifier() {
    return NAME.substring(1);
  }

  Repository repository() {
    return repository;
  }

  private void advertise(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!("service=" + SERVICE).equals(exchange.getRequestURI().getRawQuery())) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      answer(exchange, "advertisement");
      PacketLineOut out = new PacketLineOut(exchange.getResponseBody());
      UploadPack pack = pack(exchange);
      if (!isSecondVersion(exchange)) {
        out.writeString("# service=" + SERVICE + "\n");
        out.end();
      }
      pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out), SERVICE);
    }
  }

  private void upload(HttpExchange exchange) throws IOException {
    try (exchange;
        InputStream in = body(exchange)) {
      answer(exchange, "result");
      try (OutputStream out = exchange.getResponseBody()) {
        pack(exchange).upload(in, out, null);
      }
    }
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    boolean isPacked = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return isPacked ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
  }

  private static void answer(HttpExchange exchange, String kind) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/x-" + SERVICE + "-" + kind);
    exchange.sendResponseHeaders(200, 0);
  }

  private UploadPack pack(HttpExchange exchange) {
    UploadPack pack = new UploadPack(repository);
    pack.setBiDirectionalPipe(false);
    pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
    pack.setExtraParameters(Optional.ofNullable(version(exchange)).stream().toList());
    return pack;
  }

  private static @Nullable String version(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("Git-Protocol");
  }

  private static boolean isSecondVersion(HttpExchange exchange) {
    return "version=2".equals(version(exchange));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    repository.close();
  }
}
