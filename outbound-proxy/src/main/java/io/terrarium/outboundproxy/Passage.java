package io.terrarium.outboundproxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Carries bytes between two sockets, both ways, until the receiver has said its last or a limit is
/// reached.
final class Passage {
  private static final int CHUNK_BYTES = 16 * 1024;
  private static final int LOOK_UP_MILLIS = 1_000;
  private static final int LEAVE_MILLIS = 1_000;

  private final Socket sender;
  private final Socket receiver;
  private final long bytesMax;
  private final AtomicLong answered = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);

  Passage(Socket sender, Socket receiver, long bytesMax) {
    this.sender = sender;
    this.receiver = receiver;
    this.bytesMax = bytesMax;
  }

  /// Returns when all is over.
  ///
  /// @throws IOException when it broke off, or was more than is carried
  void carry() throws IOException {
    // The sender's side looks up now and then, to see whether anybody still listens.
    sender.setSoTimeout(LOOK_UP_MILLIS);
    Thread forth = Thread.ofVirtual().name("outbound-forth").start(this::forth);
    try {
      back();
    } finally {
      over.countDown();
      close(receiver);
      join(forth);
    }
  }

  /// Bytes of the answer so far.
  long answered() {
    return answered.get();
  }

  private void back() throws IOException {
    InputStream from = receiver.getInputStream();
    OutputStream to = sender.getOutputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int got = from.read(chunk); got >= 0; got = from.read(chunk)) {
      if (answered.addAndGet(got) > bytesMax) {
        throw new IOException("more than " + bytesMax + " bytes came back");
      }
      to.write(chunk, 0, got);
    }
    sender.shutdownOutput();
  }

  /// Takes all that the sender says, even when the receiver has heard enough: a connection that is
  /// closed with something unread is reset, and the answer may be lost with it.
  private void forth() {
    byte[] chunk = new byte[CHUNK_BYTES];
    long passed = 0;
    try {
      while (passed <= bytesMax) {
        int got = read(chunk);
        if (got < 0) {
          leave();
          return;
        }
        passed += got;
        pass(chunk, got);
      }
      close(receiver);
    } catch (IOException over) {
      close(receiver);
    }
  }

  private int read(byte[] chunk) throws IOException {
    while (true) {
      try {
        return sender.getInputStream().read(chunk);
      } catch (SocketTimeoutException nothingYet) {
        if (over.getCount() == 0) {
          throw nothingYet;
        }
      }
    }
  }

  private void pass(byte[] chunk, int length) {
    try {
      receiver.getOutputStream().write(chunk, 0, length);
    } catch (IOException _) {
      // It listens no more, and may still have something to say.
    }
  }

  /// The sender has hung up, and nobody waits for the answer: a receiver that does not end by
  /// itself in a moment is ended.
  private void leave() {
    end();
    try {
      if (over.await(LEAVE_MILLIS, TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close(receiver);
  }

  private void end() {
    try {
      receiver.shutdownOutput();
    } catch (IOException _) {
      // It listens no more.
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // Whoever reads hears of it.
    }
  }
}
