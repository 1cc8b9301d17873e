package io.terrarium.slugingress;

import io.terrarium.testsupport.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void the_rules_of_the_house_hold() {
    ArchitectureRules.check("io.terrarium.slugingress");
  }
}
