package io.terrarium.operations.backup;

import io.terrarium.kernel.http.PieceStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what one thread writes to another that reads, a few pieces at a time: a slow reader
/// holds the writer back. A writer that fails makes the reader fail; a reader that goes interrupts
/// the writer.
final class Conveyor extends PieceStream {
  private static final Logger log = LoggerFactory.getLogger(Conveyor.class);
  private static final int PIECES_MAX = 4;
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /// What the writer does, from beginning to end.
  @FunctionalInterface
  interface Work {
    void writeTo(OutputStream target) throws Exception;
  }

  private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(PIECES_MAX);
  private final Thread writer;
  private volatile boolean hasBegun;

  private Conveyor(String name, Work work) {
    writer = Thread.ofVirtual().name(name).unstarted(() -> write(work));
  }

  /// Starts `work`, and waits for its first bytes: what fails before them is thrown here, as long
  /// as a caller can be told of it.
  static Conveyor start(String name, Work work) throws Exception {
    Conveyor conveyor = new Conveyor(name, work);
    conveyor.writer.start();
    try {
      conveyor.advance();
      conveyor.hasBegun = true;
      return conveyor;
    } catch (BrokenOff e) {
      throw e.cause instanceof Exception cause ? cause : e;
    } finally {
      if (!conveyor.hasBegun) {
        conveyor.close();
      }
    }
  }

  private void write(Work work) {
    try {
      work.writeTo(new Belt());
      items.put(new End());
    } catch (Throwable e) {
      // An Error too, or the reader would wait for ever.
      fail(e);
    }
  }

  private void fail(Throwable failure) {
    if (hasBegun && !Thread.currentThread().isInterrupted()) {
      log.atError().setCause(failure).log("what streams to a caller has failed half-way");
    }
    try {
      items.put(new Broken(failure));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      log.atDebug().setCause(e).log("nobody is left to be told");
    }
  }

  @Override
  protected Item take() throws InterruptedException {
    return items.take();
  }

  @Override
  protected IOException broken(Throwable cause) {
    return new BrokenOff(cause);
  }

  /// Returns when the writer has let go of all that it held.
  @Override
  public void close() throws IOException {
    try {
      do {
        writer.interrupt();
        // Room for a writer whose interrupt was swallowed on its way.
        items.clear();
      } while (!writer.join(PATIENCE));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the writer ends");
    }
  }

  /// The writer has failed.
  private static final class BrokenOff extends IOException {
    private static final long serialVersionUID = 1L;
    private final transient Throwable cause;

    BrokenOff(Throwable cause) {
      super("what writes this has failed", cause);
      this.cause = cause;
    }
  }

  private final class Belt extends OutputStream {
    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      byte[] piece = new byte[length];
      System.arraycopy(bytes, offset, piece, 0, length);
      try {
        items.put(new Piece(() -> piece));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the reader has gone");
      }
    }
  }
}
