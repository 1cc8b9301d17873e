package io.terrarium.buildworker.terraform;

import java.util.Locale;

/// What terraform calls the system that it runs on, such as `linux_amd64` or `darwin_arm64`.
public record HostPlatform(String os, String arch) {
  /// Of this worker.
  public static HostPlatform here() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  /// From Java's names for both.
  static HostPlatform of(String osName, String osArch) {
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    return new HostPlatform(
        os.startsWith("mac") ? "darwin" : os,
        switch (arch) {
          case "x86_64" -> "amd64";
          case "aarch64" -> "arm64";
          case "x86", "i386", "i686" -> "386";
          default -> arch;
        });
  }

  @Override
  public String toString() {
    return os + "_" + arch;
  }
}
