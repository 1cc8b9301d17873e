package io.terrarium.kernel;

import io.terrarium.testsupport.ArchitectureRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void the_rules_of_the_house_hold() {
    ArchitectureRules.check("io.terrarium.kernel");
  }

  @Test
  void the_kernel_stands_alone() {
    ArchitectureRules.knowsNothingOf(
        "io.terrarium.kernel", List.of("io.terrarium.contracts..", "io.terrarium.core.."));
  }
}
