package io.terrarium.contracts;

import io.terrarium.testsupport.ArchitectureRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void the_rules_of_the_house_hold() {
    ArchitectureRules.check("io.terrarium.contracts");
  }

  @Test
  void contracts_know_no_service() {
    ArchitectureRules.knowsNothingOf("io.terrarium.contracts", List.of("io.terrarium.core.."));
  }
}
