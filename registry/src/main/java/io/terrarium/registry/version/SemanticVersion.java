package io.terrarium.registry.version;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A version such as `1.2.0-beta.1+build.5`, in the order of Semantic Versioning. What is behind
/// the plus sign has no say there.
///
/// @param prerelease its parts, none of a release
public record SemanticVersion(String text, List<BigInteger> numbers, List<String> prerelease)
    implements Comparable<SemanticVersion> {
  private static final String PARTS = "[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*";
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,18})(?:-(" + PARTS + "))?(?:\\+" + PARTS + ")?");

  /// The newest release; where there is none, the newest of what comes before one.
  public static final Comparator<SemanticVersion> BY_PREFERENCE =
      Comparator.comparing((SemanticVersion version) -> version.prerelease().isEmpty())
          .thenComparing(Comparator.naturalOrder());

  /// Empty where it is none.
  public static Optional<SemanticVersion> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    List<BigInteger> numbers =
        List.of(
            new BigInteger(form.group(1)),
            new BigInteger(form.group(2)),
            new BigInteger(form.group(3)));
    List<String> prerelease =
        form.group(4) == null ? List.of() : List.of(form.group(4).split("\\.", -1));
    return Optional.of(new SemanticVersion(text, numbers, prerelease));
  }

  @Override
  public int compareTo(SemanticVersion other) {
    for (int i = 0; i < numbers.size(); i++) {
      int order = numbers.get(i).compareTo(other.numbers.get(i));
      if (order != 0) {
        return order;
      }
    }
    int order = prerelease(other);
    return order == 0 ? text.compareTo(other.text) : order;
  }

  private int prerelease(SemanticVersion other) {
    if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
      return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
    }
    for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
      int order = part(prerelease.get(i), other.prerelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(prerelease.size(), other.prerelease.size());
  }

  /// Numbers come before words.
  private static int part(String one, String other) {
    boolean isNumber = one.chars().allMatch(Character::isDigit);
    boolean isOtherNumber = other.chars().allMatch(Character::isDigit);
    if (isNumber && isOtherNumber) {
      return new BigInteger(one).compareTo(new BigInteger(other));
    }
    return isNumber == isOtherNumber
        ? one.compareTo(other)
        : Boolean.compare(isOtherNumber, isNumber);
  }
}
