package io.terrarium.buildworker.terraform;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A release of terraform.
///
/// @param segments how many numbers were written, which matters in `~>`
/// @param prerelease such as `beta1`, "" for a final release
public record TerraformVersion(int major, int minor, int patch, int segments, String prerelease)
    implements Comparable<TerraformVersion> {
  private static final Pattern FORM =
      Pattern.compile("v?(\\d{1,6})(?:\\.(\\d{1,6}))?(?:\\.(\\d{1,6}))?(?:-([0-9A-Za-z.-]+))?");

  /// A final release sorts after its own pre-releases.
  private static final Comparator<TerraformVersion> ORDER =
      Comparator.comparingInt(TerraformVersion::major)
          .thenComparingInt(TerraformVersion::minor)
          .thenComparingInt(TerraformVersion::patch)
          .thenComparing(TerraformVersion::isFinal)
          .thenComparing(TerraformVersion::prerelease);

  public static Optional<TerraformVersion> parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String minor = matcher.group(2);
    String patch = matcher.group(3);
    String prerelease = matcher.group(4);
    return Optional.of(
        new TerraformVersion(
            Integer.parseInt(matcher.group(1)),
            minor == null ? 0 : Integer.parseInt(minor),
            patch == null ? 0 : Integer.parseInt(patch),
            patch != null ? 3 : minor != null ? 2 : 1,
            prerelease == null ? "" : prerelease));
  }

  public boolean isFinal() {
    return prerelease.isEmpty();
  }

  /// Whether both are the same release, however many numbers were written.
  public boolean isSame(TerraformVersion other) {
    return compareTo(other) == 0;
  }

  @Override
  public int compareTo(TerraformVersion other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor + "." + patch + (isFinal() ? "" : "-" + prerelease);
  }
}
