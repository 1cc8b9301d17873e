package io.terrarium.outboundproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks a name up once, and connects to one of the very addresses that it has found public or
/// allowed: a name that leads elsewhere a moment later gains nothing.
final class Doorkeeper implements AutoCloseable {
  private static final Duration LOOK_UP_MAX = Duration.ofSeconds(10);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
  private static final int LOOK_UPS = 64;
  private static final int WAITING_MAX = 256;

  // Looking up blocks the thread below a virtual one, so it is done by threads of its own: a name
  // server that does not answer holds up others only when very many ask it.
  private final ThreadPoolExecutor names =
      new ThreadPoolExecutor(
          LOOK_UPS,
          LOOK_UPS,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING_MAX),
          Thread.ofPlatform().daemon().name("outbound-names-", 0).factory());

  private final AllowList allow;

  Doorkeeper(AllowList allow) {
    this.allow = allow;
    names.allowCoreThreadTimeOut(true);
  }

  /// A connection to `target`; all its addresses together have [#CONNECT_MAX] to answer.
  ///
  /// @throws Refusal when it may not be reached, or cannot be
  Socket open(Target target) throws Refusal {
    IOException failure = null;
    List<InetAddress> addresses = allowed(target);
    long end = System.nanoTime() + CONNECT_MAX.toNanos();
    for (InetAddress address : addresses) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        break;
      }
      Socket socket = new Socket();
      try {
        socket.connect(new InetSocketAddress(address, target.port()), (int) left);
        socket.setTcpNoDelay(true);
        return socket;
      } catch (IOException e) {
        failure = e;
        close(socket);
      }
    }
    throw new Refusal(
        Refusal.BAD_GATEWAY,
        "No connection to "
            + target.host()
            + " port "
            + target.port()
            + ": "
            + (failure == null ? "it has no address" : failure.getMessage())
            + ".");
  }

  private List<InetAddress> allowed(Target target) throws Refusal {
    List<InetAddress> allowed = new ArrayList<>();
    Optional<String> objection = Optional.empty();
    for (InetAddress address : addresses(target.host())) {
      Optional<String> ours =
          allow.allows(target, address) ? Optional.empty() : PublicAddresses.objection(address);
      if (ours.isEmpty()) {
        allowed.add(address);
      } else {
        objection = ours;
      }
    }
    if (allowed.isEmpty() && objection.isPresent()) {
      throw new Refusal(
          Refusal.FORBIDDEN,
          target.host()
              + " leads to "
              + objection.get()
              + ", which nobody may call from here unless TERRARIUM_OUTBOUND_ALLOW names it.");
    }
    return allowed;
  }

  private List<InetAddress> addresses(String host) throws Refusal {
    FutureTask<InetAddress[]> found = new FutureTask<>(() -> InetAddress.getAllByName(host));
    try {
      names.execute(found);
      return List.of(found.get(LOOK_UP_MAX.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      throw new Refusal(
          Refusal.BAD_GATEWAY,
          e.getCause() instanceof UnknownHostException
              ? "There is no host " + host + "."
              : "The host " + host + " cannot be looked up.");
    } catch (TimeoutException e) {
      names.remove(found);
      throw new Refusal(Refusal.BAD_GATEWAY, "Nobody says in time where " + host + " is.");
    } catch (RejectedExecutionException e) {
      throw new Refusal(Refusal.UNAVAILABLE, "Too many names are being looked up.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Refusal.UNAVAILABLE, "The proxy is being stopped.");
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It was never open.
    }
  }

  @Override
  public void close() {
    names.shutdownNow();
  }
}
