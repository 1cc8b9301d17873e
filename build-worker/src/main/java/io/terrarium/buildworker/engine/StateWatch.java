package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the state to safety while terraform still changes it.
final class StateWatch {
  private static final Logger log = LoggerFactory.getLogger(StateWatch.class);
  private static final long EVERY_SECONDS = 5;

  private final StateFile state;
  private final ObjectTransfer objects;
  private final String upload;
  private final Path copy;
  private final ErroredState errored;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private boolean isBehind;

  /// @param copy where the state lies while it is uploaded
  StateWatch(
      StateFile state, ObjectTransfer objects, String upload, Path copy, ErroredState errored) {
    this.state = state;
    this.objects = objects;
    this.upload = upload;
    this.copy = copy;
    this.errored = errored;
    thread = Thread.ofVirtual().name("state-watch").start(this::run);
  }

  private void run() {
    try {
      while (!ended.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
        try {
          uploadNews();
        } catch (BuildFault | IOException e) {
          isBehind = true;
          log.atWarn().setCause(e).log("state could not be uploaded, and will be again");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Uploads the last state; when nobody takes it, as the errored one.
  void end() throws InterruptedException {
    ended.countDown();
    thread.join();
    try {
      uploadNews();
    } catch (BuildFault refused) {
      errored.keep(copy);
      throw refused;
    } catch (IOException e) {
      throw new BuildFault("The new state cannot be read.", e);
    }
  }

  private void uploadNews() throws IOException, InterruptedException {
    Optional<byte[]> news = state.news();
    if (news.isPresent()) {
      RunDirectory.writePrivate(copy, news.get());
    }
    if (news.isPresent() || isBehind) {
      objects.upload(upload, copy, "state");
      isBehind = false;
    }
  }
}
