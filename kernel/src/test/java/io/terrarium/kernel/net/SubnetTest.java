package io.terrarium.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SubnetTest {
  @Test
  void contains_the_addresses_with_its_leading_bits() {
    Subnet subnet = Subnet.parse("10.1.128.0/17").orElseThrow();

    assertThat(subnet.contains("10.1.200.7")).isTrue();
    assertThat(subnet.contains("10.1.127.255")).isFalse();
    assertThat(subnet.contains("fd00::1")).isFalse();
    assertThat(subnet.contains("not an address")).isFalse();
  }

  @Test
  void is_of_one_when_no_length_is_given() {
    Subnet subnet = Subnet.parse("fd00::1").orElseThrow();

    assertThat(subnet.contains("fd00::1")).isTrue();
    assertThat(subnet.contains("fd00::2")).isFalse();
  }

  @Test
  void is_no_name_and_no_nonsense() {
    assertThat(Subnet.parse("example.com/8")).isEmpty();
    assertThat(Subnet.parse("10.0.0.0/33")).isEmpty();
    assertThat(Subnet.parse("beef")).isEmpty();
  }
}
