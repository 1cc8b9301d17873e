package io.terrarium.mesh;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/// A door at which a build waits until the test lets it go on. It is a socket, since a build sees
/// no file of the test.
final class Hold implements AutoCloseable {
  private final ServerSocket door;
  private final List<Socket> waiting = new ArrayList<>();
  private int arrived;
  private boolean open;

  Hold() {
    try {
      door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::admit);
  }

  /// A line of shell that waits here.
  String command() {
    return "bash -c 'exec 3<>/dev/tcp/127.0.0.1/"
        + door.getLocalPort()
        + "; read -r line <&3 || true'";
  }

  /// A resource whose creation waits here.
  String resource(String name) {
    return """
    resource "terraform_data" "%s" {
      provisioner "local-exec" {
        command = "%s"
      }
    }
    """
        .formatted(name, command());
  }

  private void admit() {
    while (!door.isClosed()) {
      try {
        Socket socket = door.accept();
        synchronized (this) {
          arrived++;
          if (open) {
            socket.close();
          } else {
            waiting.add(socket);
          }
        }
      } catch (IOException closed) {
        return;
      }
    }
  }

  /// How many builds have come here so far.
  synchronized int arrived() {
    return arrived;
  }

  /// Waits until `builds` have come in all.
  void awaitArrivals(int builds) {
    Eventually.until(() -> "only " + arrived() + " builds came", () -> arrived() >= builds);
  }

  /// Lets all go on, those who come later too.
  synchronized void release() {
    open = true;
    for (Socket socket : waiting) {
      try {
        socket.close();
      } catch (IOException gone) {
        // Its build was killed.
      }
    }
    waiting.clear();
  }

  @Override
  public void close() {
    release();
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
