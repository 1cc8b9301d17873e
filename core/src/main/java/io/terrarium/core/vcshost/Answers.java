package io.terrarium.core.vcshost;

import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.client.OutboundClient.Answered;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the answers mean that are no success; all hosts use the same statuses.
final class Answers {
  private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");
  private static final Duration WAIT_MAX = Duration.ofHours(2);

  /// Each host has its own place for its words.
  private static final Sieve SAID =
      Sieve.of("message", "error", "error_description", "error.message", "errors.message");

  private Answers() {}

  static Trouble unanswered(OutboundClient.Failed failed) {
    return failed.isRefused()
        ? new Trouble.Blocked(failed.reason())
        : new Trouble.Passing(failed.reason(), Optional.empty());
  }

  static Trouble trouble(Answered answer) {
    String said = "The host answers " + answer.status() + said(answer);
    String reason = said.endsWith(".") ? said : said + ".";
    int status = answer.status();
    if (status == 429 || (status == 403 && isUsedUp(answer))) {
      return new Trouble.Passing(reason, wait(answer));
    }
    if (status == 401 || status == 403) {
      return new Trouble.Refused(reason);
    }
    if (status == 404 || status == 410) {
      return new Trouble.NotFound(reason);
    }
    return status == 408 || status == 423 || status >= 500
        ? new Trouble.Passing(reason, wait(answer))
        : new Trouble.Rejected(reason);
  }

  /// GitHub says 403 for too many calls as for too few rights.
  private static boolean isUsedUp(Answered answer) {
    return answer.header("x-ratelimit-remaining").filter("0"::equals).isPresent()
        || answer.header("retry-after").isPresent();
  }

  /// What the host says of its own accord, or reckoned by its own clock.
  private static Optional<Duration> wait(Answered answer) {
    return seconds(answer, "retry-after")
        .or(() ->
            seconds(answer, "x-ratelimit-reset")
                .or(() -> seconds(answer, "ratelimit-reset"))
                .flatMap(reset -> now(answer).map(reset::minus)))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait);
  }

  private static Optional<Duration> seconds(Answered answer, String header) {
    return answer
        .header(header)
        .filter(SECONDS.asMatchPredicate())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)));
  }

  /// Since the epoch, in the host's answer.
  private static Optional<Duration> now(Answered answer) {
    try {
      return answer
          .header("date")
          .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
          .map(date -> Duration.ofSeconds(date.toEpochSecond()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String said(Answered answer) {
    try {
      Fields fields = SAID.read(answer.body());
      return fields
          .find("error_description")
          .or(() -> fields.find("message"))
          .or(() -> fields.find("error.message"))
          .or(() -> fields.find("error"))
          .or(() -> fields.list("errors").stream().findFirst().flatMap(e -> e.find("message")))
          .map(text -> ": " + Texts.line(text))
          .orElse("");
    } catch (IOException e) {
      // A page for people, or nothing; the status says enough.
      return "";
    }
  }
}
