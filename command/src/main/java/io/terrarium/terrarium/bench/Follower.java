package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.terrarium.MeshFault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/// Reads the log of an apply while it is written, as clients do, but more often.
final class Follower {
  private static final int LIMIT = 1 << 20;
  private static final long POLL_MILLIS = 20;
  private static final byte END = 3;

  private final Site site;
  private final String path;
  private final Stamps stamps;
  private final Series polls = new Series();
  private long offset;
  private boolean ended;

  private Follower(Site site, Clock clock, String path) {
    this.site = site;
    this.path = path;
    stamps = new Stamps(clock);
  }

  static Follower of(Site site, Clock clock, String run) {
    JsonNode apply = site.read("/api/v2/runs/" + run + "/apply").path("data");
    String url = apply.path("attributes").path("log-read-url").asText();
    return new Follower(site, clock, Site.path(url));
  }

  /// Until the log has ended; what comes after `from` bytes is measured.
  Follower follow(Workbench bench, long from) {
    while (!ended) {
      boolean measured = offset >= from;
      long begin = System.nanoTime();
      byte[] news = poll();
      if (measured) {
        polls.addSince(begin);
      }
      take(news, measured);
      if (news.length < LIMIT && !ended) {
        bench.pause(POLL_MILLIS);
      }
    }
    return this;
  }

  private byte[] poll() {
    String slice = path + (path.contains("?") ? "&" : "?") + "offset=" + offset + "&limit=" + LIMIT;
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    Wire.Answer answer = site.wire().download(site.anonymous(slice), sink);
    if (answer.status() != 200) {
      throw new MeshFault("a log is answered with " + answer.status());
    }
    return sink.toByteArray();
  }

  private void take(byte[] news, boolean measured) {
    offset += news.length;
    ended = news.length > 0 && news[news.length - 1] == END;
    if (measured) {
      stamps.take(new String(news, StandardCharsets.ISO_8859_1));
    }
  }

  Series polls() {
    return polls;
  }

  Series lags() {
    return stamps.lags();
  }
}
