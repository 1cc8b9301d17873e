package io.terrarium.buildworker.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux_amd64",
    "Linux, aarch64, linux_arm64",
    "Mac OS X, aarch64, darwin_arm64",
    "Mac OS X, x86_64, darwin_amd64",
    "FreeBSD, i386, freebsd_386"
  })
  void is_named_as_terraform_names_it(String osName, String osArch, String platform) {
    assertThat(HostPlatform.of(osName, osArch)).hasToString(platform);
  }
}
