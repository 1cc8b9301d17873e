package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.terrarium.MeshFault;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the log of an apply while it is written, as clients do, but more often.
final class Follower {
  private static final int LIMIT = 1 << 20;
  private static final long POLL_MILLIS = 20;
  private static final byte END = 3;

  /// A line that holds when it was printed, in nanoseconds since 1970, among terraform's colours.
  private static final Pattern STAMP =
      Pattern.compile("local-exec\\):(?:\\s|\\x1b\\[[\\d;]*m)*(\\d{19})");

  private final Site site;
  private final Clock clock;
  private final String path;
  private final Series polls = new Series();
  private final Series lags = new Series();
  private final StringBuilder line = new StringBuilder();
  private long offset;
  private boolean ended;

  private Follower(Site site, Clock clock, String path) {
    this.site = site;
    this.clock = clock;
    this.path = path;
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
      take(news, measured, clock.instant());
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

  private void take(byte[] news, boolean measured, Instant now) {
    offset += news.length;
    ended = news.length > 0 && news[news.length - 1] == END;
    if (!measured) {
      return;
    }
    line.append(new String(news, StandardCharsets.ISO_8859_1));
    Matcher stamp = STAMP.matcher(line);
    int seen = 0;
    while (stamp.find()) {
      long printed = Long.parseLong(stamp.group(1));
      lags.add((now.getEpochSecond() * 1e9 + now.getNano() - printed) / 1e6);
      seen = stamp.end();
    }
    line.delete(0, seen);
  }

  Series polls() {
    return polls;
  }

  Series lags() {
    return lags;
  }
}
