package io.terrarium.gitserver;

import io.terrarium.testsupport.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void the_rules_of_the_house_hold() {
    ArchitectureRules.check("io.terrarium.gitserver");
  }
}
