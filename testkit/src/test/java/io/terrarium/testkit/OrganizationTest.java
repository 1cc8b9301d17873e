package io.terrarium.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrganizationTest {
  @ParameterizedTest
  @CsvSource({
    "OrderRunsTest, order-runs-test-0a1b",
    "Order_runs, order-runs-0a1b",
    "Öl, -l-0a1b",
    "ThisNameIsFarTooLongForAnyOrganizationThatTerraformEnterpriseKnows,"
        + " this-name-is-far-too-long-for-any-organi-0a1b"
  })
  void its_name_tells_of_the_test_class(String type, String name) {
    assertThat(Organization.name(type, "0a1b")).isEqualTo(name);
  }
}
