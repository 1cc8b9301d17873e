package io.terrarium.buildworker.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.buildworker.fault.BuildFault;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionConstraintTest {
  private static boolean accepts(String constraint, String version) {
    return VersionConstraint.parse(constraint)
        .accepts(TerraformVersion.parse(version).orElseThrow());
  }

  @Nested
  class A_constraint {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "1.11.4|1.11.4",
          "latest|1.11.4",
          "~> 1.11.0|1.11.9",
          "~> 1.11|1.14.0",
          ">= 1.5, < 2.0|1.11.4",
          "~> 1.9.0, != 1.9.1|1.9.2",
          "1.12.0-beta1|1.12.0-beta1"
        })
    void accepts_what_fits(String constraint, String version) {
      assertThat(accepts(constraint, version)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "1.11.4|1.11.5",
          "latest|1.12.0-beta1",
          "~> 1.11.0|1.12.0",
          "~> 1.11.2|1.11.1",
          "~> 1.11|2.0.0",
          "~> 1.9.0, != 1.9.1|1.9.1",
          ">= 1.0|1.12.0-rc1"
        })
    void refuses_what_does_not(String constraint, String version) {
      assertThat(accepts(constraint, version)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"one", "~>", "1.2,", "=> 1.2"})
    void that_is_none_is_called_so(String text) {
      assertThatThrownBy(() -> VersionConstraint.parse(text))
          .isInstanceOf(BuildFault.class)
          .hasMessageContaining(text);
    }
  }

  @Nested
  class A_final_release {
    @Test
    void sorts_after_its_pre_releases() {
      assertThat(TerraformVersion.parse("1.12.0").orElseThrow())
          .isGreaterThan(TerraformVersion.parse("1.12.0-rc1").orElseThrow());
    }
  }
}
