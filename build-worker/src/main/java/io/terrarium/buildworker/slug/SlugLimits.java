package io.terrarium.buildworker.slug;

/// How large an unpacked configuration may be.
public record SlugLimits(long bytesMax, int entriesMax) {
  public static final SlugLimits ORDINARY = new SlugLimits(2L * 1024 * 1024 * 1024, 200_000);
}
