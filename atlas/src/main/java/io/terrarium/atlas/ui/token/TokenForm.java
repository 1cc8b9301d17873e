package io.terrarium.atlas.ui.token;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.core.token.NewToken;
import io.terrarium.kernel.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What somebody fills in for a new token.
///
/// @param description what it is for
/// @param life how long it shall be good
public record TokenForm(String description, Life life, Problems problems) {
  /// How long tokens may be good, as people choose it.
  public enum Life {
    WEEK(7, "7 days"),
    MONTH(30, "30 days"),
    QUARTER(90, "90 days"),
    HALF_YEAR(180, "180 days"),
    YEAR(365, "One year"),
    UNLIMITED(0, "Until it is deleted");

    private final int days;
    private final String words;

    Life(int days, String words) {
      this.days = days;
      this.words = words;
    }

    public String words() {
      return words;
    }

    /// As the form sends it.
    public String wire() {
      return days == 0 ? "" : Integer.toString(days);
    }

    @Nullable Instant end(Instant now) {
      return days == 0 ? null : now.plus(Duration.ofDays(days));
    }

    static Optional<Life> of(String wire) {
      return Arrays.stream(values()).filter(life -> life.wire().equals(wire)).findFirst();
    }
  }

  /// An empty one.
  public static TokenForm blank(String description) {
    return new TokenForm(description, Life.MONTH, Problems.NONE);
  }

  /// What was typed, and what is wrong with it.
  public static TokenForm refused(Form form, Fault.Invalid invalid) {
    return new TokenForm(
        form.text("description"),
        Life.of(form.text("days")).orElse(Life.MONTH),
        Problems.of(invalid));
  }

  /// A token that is told apart from others by its description.
  ///
  /// @throws Fault.Invalid where it has none
  public static NewToken described(Form form, Instant now) {
    String description =
        form.find("description")
            .orElseThrow(() ->
                new Fault.Invalid("description", "Say what the token is for, to know it again"));
    return new NewToken(description, end(form, now));
  }

  /// When it shall end; null for never.
  public static @Nullable Instant end(Form form, Instant now) {
    return Life.of(form.text("days"))
        .orElseThrow(() -> new Fault.Invalid("expired-at", "Choose one of the times"))
        .end(now);
  }

  public List<Life> lives() {
    return List.of(Life.values());
  }
}
