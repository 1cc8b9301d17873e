package io.terrarium.slugingress;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.terrarium.testsupport.GitServer;
import io.terrarium.testsupport.LocalServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// A Git server whose packs do not arrive as they should.
final class Halves {
  private static final byte[] SECTION = "000dpackfile\n".getBytes(StandardCharsets.US_ASCII);

  private Halves() {}

  /// Says all but the pack, and of that the beginning.
  static HttpHandler of(GitServer git) {
    return exchange -> {
      byte[] request = exchange.getRequestBody().readAllBytes();
      if (!isFetch(exchange, request)) {
        git.serve(exchange, request);
        return;
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
      byte[] whole = git.answer(exchange, request);
      LocalServer.answer(exchange, 200, Arrays.copyOf(whole, whole.length / 2));
    };
  }

  /// A pack of two thousand million objects, which are not there.
  static HttpHandler nonsense(GitServer git) {
    byte[] head = {'P', 'A', 'C', 'K', 0, 0, 0, 2, 0x7f, 0x7f, 0x7f, 0x7f};
    return pack(git, head);
  }

  /// This pack, whatever is asked for.
  static HttpHandler pack(GitServer git, byte[] pack) {
    return exchange -> {
      byte[] request = exchange.getRequestBody().readAllBytes();
      if (!isFetch(exchange, request)) {
        git.serve(exchange, request);
        return;
      }
      exchange.getResponseHeaders().add("Content-Type", "application/x-git-upload-pack-result");
      LocalServer.answer(exchange, 200, section(pack));
    };
  }

  private static boolean isFetch(HttpExchange exchange, byte[] request) throws IOException {
    byte[] plain = request;
    if ("gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      plain = new GZIPInputStream(new ByteArrayInputStream(request)).readAllBytes();
    }
    return new String(plain, StandardCharsets.ISO_8859_1).contains("command=fetch");
  }

  /// In one packet of the channel for packs.
  private static byte[] section(byte[] pack) {
    ByteArrayOutputStream section = new ByteArrayOutputStream();
    section.writeBytes(SECTION);
    section.writeBytes("%04x\u0001".formatted(pack.length + 5).getBytes(StandardCharsets.US_ASCII));
    section.writeBytes(pack);
    section.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
    return section.toByteArray();
  }
}
