package io.terrarium.slugingress.limit;

import io.terrarium.kernel.settings.Env;
import java.time.Duration;

/// How much of everything one ingress may take, and how many there may be.
///
/// @param fetchBytes that come from the host, submodules included
/// @param treeBytes of the files, unpacked
/// @param fileBytes of one file
/// @param entries files, links and directories
/// @param time from the call to its answer
/// @param silence of the host
/// @param atOnce ingresses side by side
public record IngressLimits(
    long fetchBytes,
    long treeBytes,
    long fileBytes,
    int entries,
    Duration time,
    Duration silence,
    int atOnce) {
  public static final long MEGABYTE = 1_000_000;

  private static final int MEGABYTES_MAX = 1 << 20;
  private static final int ENTRIES_MAX = 10_000_000;
  private static final int SECONDS_MAX = 24 * 3600;
  private static final int AT_ONCE_MAX = 64;

  public static IngressLimits from(Env env) {
    return new IngressLimits(
        megabytes(env, "TERRARIUM_SLUG_INGRESS_FETCH_MEGABYTES_MAX", 512),
        megabytes(env, "TERRARIUM_SLUG_INGRESS_TREE_MEGABYTES_MAX", 1024),
        megabytes(env, "TERRARIUM_SLUG_INGRESS_FILE_MEGABYTES_MAX", 100),
        env.integer("TERRARIUM_SLUG_INGRESS_FILES_MAX", 100_000, 1, ENTRIES_MAX),
        seconds(env, "TERRARIUM_SLUG_INGRESS_SECONDS_MAX", 300),
        seconds(env, "TERRARIUM_SLUG_INGRESS_SILENCE_SECONDS_MAX", 60),
        env.integer("TERRARIUM_SLUG_INGRESS_AT_ONCE_MAX", 4, 1, AT_ONCE_MAX));
  }

  private static long megabytes(Env env, String name, int otherwise) {
    return env.integer(name, otherwise, 1, MEGABYTES_MAX) * MEGABYTE;
  }

  private static Duration seconds(Env env, String name, int otherwise) {
    return Duration.ofSeconds(env.integer(name, otherwise, 1, SECONDS_MAX));
  }
}
