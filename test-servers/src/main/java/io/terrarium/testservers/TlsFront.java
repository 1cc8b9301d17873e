package io.terrarium.testservers;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// TLS in front of a server of this machine that speaks none.
public final class TlsFront implements AutoCloseable {
  private final SSLServerSocket listener;
  private final int behind;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  private TlsFront(SSLServerSocket listener, int behind) {
    this.listener = listener;
    this.behind = behind;
  }

  /// @param behind port of the server without TLS
  public static TlsFront start(Certificates certificates, int behind) {
    char[] password = Certificates.KEYSTORE_PASSWORD.toCharArray();
    try (InputStream file = Files.newInputStream(certificates.keystore())) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(file, password);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      SSLServerSocket listener =
          (SSLServerSocket)
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 0, InetAddress.getLoopbackAddress());
      TlsFront front = new TlsFront(listener, behind);
      Thread.ofVirtual().start(front::accept);
      return front;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() {
    end(listener);
    open.forEach(TlsFront::end);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException e) {
        end(listener);
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = behind((SSLSocket) client)) {
      open.add(server);
      Thread there = Thread.ofVirtual().start(() -> pass(client, server));
      pass(server, client);
      there.join();
    } catch (IOException e) {
      end(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(client);
    }
  }

  /// Only once the client is ready to speak: a broker gives it two seconds.
  private Socket behind(SSLSocket client) throws IOException {
    client.startHandshake();
    return new Socket(InetAddress.getLoopbackAddress(), behind);
  }

  /// To the end of one side, which is the end of both: a test's clients need no half-open ways.
  private static void pass(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[16_384];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
    } catch (IOException e) {
      end(from);
    }
    end(to);
  }

  private static void end(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
