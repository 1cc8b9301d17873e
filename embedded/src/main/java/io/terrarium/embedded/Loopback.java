package io.terrarium.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// The only address that local services listen on.
final class Loopback {
  static final String HOST = "127.0.0.1";

  private Loopback() {}

  static InetAddress address() {
    return InetAddress.ofLiteral(HOST);
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  static int anyFreePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, address())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EmbeddedFault("no free port on " + HOST + ": close some programs", e);
    }
  }
}
