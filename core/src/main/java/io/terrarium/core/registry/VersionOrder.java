package io.terrarium.core.registry;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The order of versions as Semantic Versioning has it.
public final class VersionOrder {
  /// What is no version is behind all that are.
  public static final Comparator<String> NEWEST_FIRST =
      Comparator.comparing(VersionNumber::isValid)
          .thenComparing(VersionOrder::compareValid)
          .reversed();

  private VersionOrder() {}

  /// The newest that is no pre-release, else the newest.
  public static Optional<String> latest(List<String> versions) {
    List<String> sorted = versions.stream().sorted(NEWEST_FIRST).toList();
    return sorted.stream()
        .filter(version -> !withoutBuild(version).contains("-"))
        .findFirst()
        .or(() -> sorted.stream().findFirst());
  }

  private static int compareValid(String one, String other) {
    if (!VersionNumber.isValid(one) || !VersionNumber.isValid(other)) {
      return one.compareTo(other);
    }
    List<String> left = List.of(withoutBuild(one).split("-", 2));
    List<String> right = List.of(withoutBuild(other).split("-", 2));
    int numbers = compareParts(left.getFirst(), right.getFirst());
    if (numbers != 0) {
      return numbers;
    }
    if (left.size() != right.size()) {
      // A pre-release comes before its release.
      return right.size() - left.size();
    }
    return left.size() == 1 ? 0 : compareParts(left.getLast(), right.getLast());
  }

  private static String withoutBuild(String version) {
    return version.split("\\+", 2)[0];
  }

  private static int compareParts(String one, String other) {
    List<String> left = List.of(one.split("\\.", -1));
    List<String> right = List.of(other.split("\\.", -1));
    for (int at = 0; at < Math.min(left.size(), right.size()); at++) {
      int order = compareIdentifiers(left.get(at), right.get(at));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  /// Numbers are below words.
  private static int compareIdentifiers(String one, String other) {
    boolean isNumber = isNumber(one);
    if (isNumber != isNumber(other)) {
      return isNumber ? -1 : 1;
    }
    return isNumber ? new BigInteger(one).compareTo(new BigInteger(other)) : one.compareTo(other);
  }

  private static boolean isNumber(String identifier) {
    return !identifier.isEmpty()
        && identifier.chars().allMatch(character -> character >= '0' && character <= '9');
  }
}
