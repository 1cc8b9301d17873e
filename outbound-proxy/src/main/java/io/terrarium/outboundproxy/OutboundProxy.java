package io.terrarium.outboundproxy;

import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.ListenFault;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A forward proxy on one port: `CONNECT` for https, absolute addresses for http, and what every
/// service answers of itself. It keeps nothing.
public final class OutboundProxy implements AutoCloseable {
  static final String NAME = "outbound-proxy";

  private static final Logger log = LoggerFactory.getLogger(OutboundProxy.class);
  private static final int BACKLOG = 128;

  private final Parts parts = new Parts(NAME);
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final OutboundProxyConfig.Limits limits;
  private final ServerSocket listener;
  private final Semaphore room;
  private final ScheduledThreadPoolExecutor watch =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("outbound-watch").factory());
  private final Requests requests;

  private OutboundProxy(OutboundProxyConfig config, Platform platform) {
    limits = config.limits();
    room = new Semaphore(limits.connections());
    watch.setRemoveOnCancelPolicy(true);
    listener = parts.add(listen(config.listen()));
    requests =
        new Requests(
            parts.add(new Doorkeeper(config.allow())),
            limits.bytes(),
            parts.add(new HopReporter(NAME, config.router(), config.internalToken())),
            platform);
    platform.metrics().serves(NAME);
    Thread.ofVirtual().name(NAME).start(this::accept);
    log.atInfo().addKeyValue("service", NAME).addKeyValue("port", port()).log("listening");
  }

  /// @throws ListenFault when the port cannot be had
  public static OutboundProxy start(OutboundProxyConfig config, Platform platform) {
    return new OutboundProxy(config, platform);
  }

  static void main(String[] args) {
    Program.serve(NAME, OutboundProxyConfig::from, OutboundProxy::start);
  }

  public int port() {
    return listener.getLocalPort();
  }

  private static ServerSocket listen(HttpAddress address) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(
          new InetSocketAddress(InetAddress.getByName(address.host()), address.port()), BACKLOG);
      return socket;
    } catch (IOException e) {
      throw new ListenFault(NAME, address, e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket sender = listener.accept();
        open.add(sender);
        Thread.ofVirtual().name("outbound").start(() -> serve(sender));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          log.atWarn().setCause(e).log("a connection could not be accepted");
        }
      }
    }
  }

  /// One connection from its first byte to its last; whatever happens, it is over in time.
  private void serve(Socket sender) {
    ScheduledFuture<?> end = closing(sender);
    boolean isRoom = room.tryAcquire();
    try (sender) {
      sender.setTcpNoDelay(true);
      if (isRoom) {
        requests.serve(sender, this::watched);
      } else {
        Requests.refuse(
            sender, new Refusal(Refusal.UNAVAILABLE, "Too many requests are on their way out."));
      }
    } catch (IOException e) {
      log.atDebug().setCause(e).log("a connection broke off");
    } finally {
      end.cancel(false);
      open.remove(sender);
      if (isRoom) {
        room.release();
      }
    }
  }

  /// Closes the other end in time, too.
  private AutoCloseable watched(Socket receiver) {
    open.add(receiver);
    ScheduledFuture<?> end = closing(receiver);
    return () -> {
      end.cancel(false);
      open.remove(receiver);
      close(receiver);
    };
  }

  private ScheduledFuture<?> closing(Socket socket) {
    return watch.schedule(() -> close(socket), limits.time().toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Whoever reads hears of it.
    }
  }

  @Override
  public void close() {
    parts.close();
    open.forEach(OutboundProxy::close);
    watch.shutdownNow();
  }
}
