package io.terrarium.kernel.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What Redis answered to one command, read as the caller knows it to be.
public final class Answer {
  private final @Nullable Object value;

  Answer(@Nullable Object value) {
    this.value = value;
  }

  public boolean isNil() {
    return value == null;
  }

  /// A number; nil counts as 0.
  public long number() {
    return switch (value) {
      case null -> 0;
      case Number number -> number.longValue();
      case Boolean truth -> truth ? 1 : 0;
      default -> (long) decimal();
    };
  }

  /// A number with a fraction, such as a score; nil counts as 0.
  public double decimal() {
    return switch (value) {
      case null -> 0;
      case Number number -> number.doubleValue();
      default -> Double.parseDouble(text());
    };
  }

  /// Empty when nil.
  public Optional<String> find() {
    return switch (value) {
      case null -> Optional.empty();
      case List<?> list when list.isEmpty() -> Optional.empty();
      case byte[] bytes -> Optional.of(new String(bytes, StandardCharsets.UTF_8));
      default -> Optional.of(String.valueOf(value));
    };
  }

  public String text() {
    return find().orElse("");
  }

  /// The elements of an array; nil has none.
  public List<Answer> list() {
    List<Answer> answers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object element : list) {
        answers.add(new Answer(element));
      }
    }
    return answers;
  }

  public List<String> texts() {
    return list().stream().map(Answer::text).toList();
  }
}
