package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.time.Clock;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lines of a log that hold when they were printed, and how late their reader has each.
final class Stamps {
  /// Nanoseconds since 1970, among terraform's colours.
  private static final Pattern STAMP =
      Pattern.compile("local-exec\\):(?:\\s|\\x1b\\[[\\d;]*m)*(\\d{19})");

  private final Clock clock;
  private final Series lags = new Series();
  private final StringBuilder line = new StringBuilder();
  private long last;

  Stamps(Clock clock) {
    this.clock = clock;
  }

  /// A command of the shell that prints such a line again and again.
  static String printing(int lines, double pauseSeconds) {
    return "i=0; while [ $i -lt %d ]; do date +%%s%%N; sleep %s; i=$((i+1)); done"
        .formatted(lines, pauseSeconds);
  }

  /// What has just come; it may end in the midst of a line.
  void take(String text) {
    Instant now = clock.instant();
    line.append(text);
    Matcher stamp = STAMP.matcher(line);
    int seen = 0;
    while (stamp.find()) {
      long printed = Long.parseLong(stamp.group(1));
      if (printed <= last) {
        throw new MeshFault("a line of the log came twice");
      }
      last = printed;
      lags.add((now.getEpochSecond() * 1e9 + now.getNano() - printed) / 1e6);
      seen = stamp.end();
    }
    line.delete(0, seen);
  }

  Series lags() {
    return lags;
  }
}
