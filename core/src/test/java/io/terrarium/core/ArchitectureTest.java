package io.terrarium.core;

import io.terrarium.testsupport.ArchitectureRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void the_rules_of_the_house_hold() {
    ArchitectureRules.check("io.terrarium.core");
  }

  @Test
  void the_domain_knows_no_http_but_its_faults_and_pages() {
    ArchitectureRules.knowsNothingOf(
        "io.terrarium.core",
        List.of("io.terrarium.kernel.http..", "io.vertx..", "io.terrarium.atlas.."));
  }
}
