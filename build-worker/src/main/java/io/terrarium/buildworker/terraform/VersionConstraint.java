package io.terrarium.buildworker.terraform;

import io.terrarium.buildworker.fault.BuildFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a workspace says about terraform's version: `1.9.2`, `~> 1.9.0, != 1.9.1`, or `latest`.
public final class VersionConstraint {
  private static final Pattern TERM = Pattern.compile("(=|!=|>=|<=|>|<|~>)?\\s*(v?\\d\\S*)");

  private final List<Term> terms;

  private record Term(String operator, TerraformVersion bound) {
    boolean accepts(TerraformVersion version) {
      int order = version.compareTo(bound);
      return switch (operator) {
        case "=" -> order == 0;
        case "!=" -> order != 0;
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        default -> order >= 0 && isWithinPessimisticBound(version);
      };
    }

    private boolean isWithinPessimisticBound(TerraformVersion version) {
      return version.major() == bound.major()
          && (bound.segments() < 3 || version.minor() == bound.minor());
    }
  }

  private VersionConstraint(List<Term> terms) {
    this.terms = terms;
  }

  /// @throws BuildFault when it is none
  public static VersionConstraint parse(String text) {
    List<Term> terms = new ArrayList<>();
    if (!text.isBlank() && !text.strip().equals("latest")) {
      for (String part : text.split(",", -1)) {
        terms.add(term(part.strip(), text));
      }
    }
    return new VersionConstraint(List.copyOf(terms));
  }

  /// The same, but none of these.
  VersionConstraint without(List<String> versions) {
    List<Term> more = new ArrayList<>(terms);
    for (String version : versions) {
      TerraformVersion.parse(version).ifPresent(bound -> more.add(new Term("!=", bound)));
    }
    return new VersionConstraint(List.copyOf(more));
  }

  private static Term term(String part, String whole) {
    Matcher matcher = TERM.matcher(part);
    if (matcher.matches()) {
      String operator = matcher.group(1) == null ? "=" : matcher.group(1);
      return TerraformVersion.parse(matcher.group(2))
          .map(bound -> new Term(operator, bound))
          .orElseThrow(() -> malformed(whole));
    }
    throw malformed(whole);
  }

  private static BuildFault malformed(String text) {
    return new BuildFault("\"" + text + "\" is neither a Terraform version nor a constraint.");
  }

  /// The one version that fits, when it was named outright.
  Optional<TerraformVersion> exact() {
    return terms.size() == 1 && terms.getFirst().operator().equals("=")
        ? Optional.of(terms.getFirst().bound())
        : Optional.empty();
  }

  /// A pre-release is accepted only where it is named.
  public boolean accepts(TerraformVersion version) {
    boolean isNamed = terms.stream().anyMatch(term -> term.bound().isSame(version));
    return (version.isFinal() || isNamed) && terms.stream().allMatch(term -> term.accepts(version));
  }
}
