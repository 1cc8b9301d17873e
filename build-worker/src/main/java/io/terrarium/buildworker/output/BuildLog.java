package io.terrarium.buildworker.output;

import io.terrarium.contracts.archivist.LogPosition;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of one build: written to a spool file at once, and from there appended to archivist's
/// object by offset, so that an append that came twice or not at all does no harm.
public final class BuildLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BuildLog.class);
  private static final int PIECE_BYTES_MAX = 1024 * 1024;
  private static final long GATHER_MILLIS = 50;
  private static final long PAUSE_MILLIS = 250;
  private static final long PAUSE_MILLIS_MAX = 5_000;

  private final ServiceClient archivist;
  private final LogDestination destination;
  private final Supplier<Map<String, String>> headers;
  private final FileChannel spool;
  private final Thread shipper;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long written;
  private boolean isEnded;
  private boolean isAbandoned;

  /// Only the shipper knows these.
  private long base = -1;

  private long shipped;
  private boolean endShipped;

  public BuildLog(
      ServiceClient archivist,
      LogDestination destination,
      Path spoolFile,
      Supplier<Map<String, String>> headers) {
    this.archivist = archivist;
    this.destination = destination;
    this.headers = headers;
    try {
      spool =
          FileChannel.open(
              spoolFile,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    shipper = Thread.ofVirtual().name("build-log").start(this::ship);
  }

  public void line(String text) {
    byte[] bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
    append(bytes, bytes.length);
  }

  public void append(byte[] bytes, int length) {
    lock.lock();
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
      while (buffer.hasRemaining()) {
        written += spool.write(buffer, written);
      }
      changed.signalAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the log and waits until archivist has all of it.
  ///
  /// @return whether it has, within `longest`
  public boolean end(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      isEnded = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return shipper.join(longest);
  }

  /// Sends nothing more; the log is somebody else's.
  public void abandon() {
    lock.lock();
    try {
      isAbandoned = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void ship() {
    try {
      int failures = 0;
      while (!isDone()) {
        failures = step() ? 0 : failures + 1;
        if (failures > 0) {
          pause(failures);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.atError().setCause(e).log("spool of a build's log cannot be read");
    }
  }

  private boolean isDone() {
    lock.lock();
    try {
      return isAbandoned || endShipped;
    } finally {
      lock.unlock();
    }
  }

  /// Ships what there is.
  ///
  /// @return whether archivist answered
  private boolean step() throws IOException, InterruptedException {
    if (base >= 0 && !awaitMore()) {
      return true;
    }
    try {
      if (base < 0) {
        start(post("", new byte[0]));
      } else {
        shipPiece();
      }
      return true;
    } catch (ServiceFault fault) {
      return settle(fault);
    }
  }

  private void start(LogPosition position) {
    base = position.length();
    if (position.ended()) {
      log.atWarn().log("a build's log had ended before");
      abandon();
    }
  }

  private void shipPiece() throws IOException {
    byte[] piece;
    boolean isLast;
    lock.lock();
    try {
      piece = new byte[(int) Math.min(PIECE_BYTES_MAX, written - shipped)];
      isLast = isEnded && shipped + piece.length == written;
    } finally {
      lock.unlock();
    }
    ByteBuffer buffer = ByteBuffer.wrap(piece);
    for (int read = 0; buffer.hasRemaining() && read >= 0; ) {
      read = spool.read(buffer, shipped + buffer.position());
    }
    post("offset=" + (base + shipped) + (isLast ? "&end=1" : ""), piece);
    shipped += piece.length;
    endShipped = isLast;
  }

  private LogPosition post(String query, byte[] bytes) {
    String path = destination.path();
    String full = query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + query;
    Map<String, String> all = new java.util.LinkedHashMap<>(headers.get());
    all.put("Content-Type", "application/octet-stream");
    return archivist.postBytes(full, bytes, all, LogPosition.class);
  }

  /// @return whether to go on at once
  private boolean settle(ServiceFault fault) {
    if (fault.reason().equals("stale-attempt")) {
      abandon();
      return true;
    }
    if (fault.status() == 409) {
      return resume(fault);
    }
    log.atWarn().addKeyValue("reason", fault.getMessage()).log("log piece was not taken");
    if (!fault.isPassing()) {
      abandon();
      return true;
    }
    return false;
  }

  private boolean resume(ServiceFault fault) {
    try {
      LogPosition position = Json.SNAKE.readValue(fault.body(), LogPosition.class);
      if (position.ended()) {
        endShipped = true;
        return true;
      }
      shipped = Math.clamp(position.length() - base, 0, written());
      return false;
    } catch (IOException e) {
      log.atWarn().setCause(e).log("archivist did not say where to resume");
      return false;
    }
  }

  private long written() {
    lock.lock();
    try {
      return written;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for something to ship, and a moment longer for more of it.
  private boolean awaitMore() throws InterruptedException {
    lock.lock();
    try {
      while (written == shipped && !isEnded && !isAbandoned) {
        changed.await();
      }
      long nanos = TimeUnit.MILLISECONDS.toNanos(GATHER_MILLIS);
      while (!isEnded && !isAbandoned && nanos > 0 && written - shipped < PIECE_BYTES_MAX) {
        nanos = changed.awaitNanos(nanos);
      }
      return !isAbandoned;
    } finally {
      lock.unlock();
    }
  }

  private void pause(int failures) throws InterruptedException {
    long millis = Math.min(PAUSE_MILLIS_MAX, PAUSE_MILLIS << Math.min(failures - 1, 5));
    lock.lock();
    try {
      long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
      while (!isAbandoned && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    abandon();
    shipper.interrupt();
    try {
      shipper.join(Duration.ofSeconds(5));
      spool.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      log.atDebug().setCause(e).log("spool did not close");
    }
  }
}
