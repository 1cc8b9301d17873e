package io.terrarium.kernel.client;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// The body of an answer, each piece of which comes within a time limit: Java's client limits only
/// the time until the headers.
final class WatchedBody extends FilterInputStream {
  private final ScheduledExecutorService watch;
  private final Duration limit;
  private volatile boolean isStalled;

  WatchedBody(InputStream in, ScheduledExecutorService watch, Duration limit) {
    super(in);
    this.watch = watch;
    this.limit = limit;
  }

  @FunctionalInterface
  private interface Read {
    int from(InputStream in) throws IOException;
  }

  @Override
  public int read() throws IOException {
    return watched(InputStream::read);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return watched(body -> body.read(bytes, offset, length));
  }

  private int watched(Read read) throws IOException {
    ScheduledFuture<?> end = watch.schedule(this::stall, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      int got = read.from(in);
      if (!isStalled) {
        return got;
      }
    } catch (IOException e) {
      if (!isStalled) {
        throw e;
      }
    } finally {
      end.cancel(false);
    }
    throw new HttpTimeoutException("no more of the answer came within " + limit.toSeconds() + " s");
  }

  /// Ends the read that waits.
  private void stall() {
    isStalled = true;
    try {
      in.close();
    } catch (IOException _) {
      // Whoever reads hears of it.
    }
  }
}
