package io.terrarium.buildworker.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.contracts.archivist.LogPosition;
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
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log of one build: written to a spool file at once, and from there appended to archivist's
/// object by offset, so that an append that came twice or not at all does no harm.
public final class BuildLog implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BuildLog.class);
  private static final int PIECE_BYTES_MAX = 1024 * 1024;
  private static final String STALE = "stale-attempt";
  private static final long GATHER_MILLIS = 50;
  private static final long PAUSE_MILLIS = 250;
  private static final long PAUSE_MILLIS_MAX = 5_000;

  private final RemoteLog remote;
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

  /// @throws BuildFault when the spool cannot be made
  public BuildLog(RemoteLog remote, Path spoolFile) {
    this.remote = remote;
    try {
      spool =
          FileChannel.open(
              spoolFile,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new BuildFault("The worker cannot make a log for the build.", e);
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
  /// @return whether it has, within `longest`; not when the log had to be abandoned
  public boolean end(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      isEnded = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return shipper.join(longest) && endShipped;
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
        start(remote.position());
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
      giveUp("it had ended before");
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
    LogPosition position = remote.append(base + shipped, piece, isLast);
    shipped += piece.length;
    endShipped = isLast && base + shipped <= position.length();
    if (position.ended() && !endShipped) {
      giveUp("somebody else has ended it");
    }
  }

  /// @return whether to go on at once
  private boolean settle(ServiceFault fault) {
    if (fault.status() == 409 && !fault.reason().equals(STALE)) {
      return resume(fault);
    }
    if (!fault.isPassing()) {
      giveUp(String.valueOf(fault.getMessage()));
      return true;
    }
    log.atWarn().addKeyValue("reason", fault.getMessage()).log("log piece was not taken");
    return false;
  }

  private boolean resume(ServiceFault fault) {
    Optional<LogPosition> position = position(fault);
    if (position.isEmpty()) {
      log.atWarn()
          .addKeyValue("reason", fault.getMessage())
          .log("archivist did not say where to resume");
      return false;
    }
    if (base < 0 || position.get().ended()) {
      start(position.get());
      return true;
    }
    // What an earlier attempt wrote may be lost as well, which only archivist could have sent
    // again.
    base = Math.min(base, position.get().length());
    shipped = Math.clamp(position.get().length() - base, 0, written());
    return false;
  }

  private static Optional<LogPosition> position(ServiceFault fault) {
    try {
      JsonNode body = Json.SNAKE.readTree(fault.body());
      return body.path("length").isIntegralNumber()
          ? Optional.of(Json.SNAKE.treeToValue(body, LogPosition.class))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void giveUp(String reason) {
    log.atWarn().addKeyValue("reason", reason).log("a build's log cannot go on");
    abandon();
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
