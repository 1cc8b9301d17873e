package io.terrarium.registry.extraction;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// Bytes that come in, about which somebody hears every few seconds as long as they do.
final class WatchedStream extends FilterInputStream {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final Clock clock;
  private final Runnable progress;
  private Instant next;

  WatchedStream(InputStream in, Clock clock, Runnable progress) {
    super(in);
    this.clock = clock;
    this.progress = progress;
    this.next = clock.instant().plus(INTERVAL);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    Instant now = clock.instant();
    if (!now.isBefore(next)) {
      next = now.plus(INTERVAL);
      progress.run();
    }
    return count;
  }
}
