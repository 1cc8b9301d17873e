package io.terrarium.outboundproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AllowListTest {
  private static AllowList of(String text) {
    Env env = Env.of(Map.of("ALLOW", text));
    AllowList list = AllowList.from(env, "ALLOW");
    env.check();
    return list;
  }

  private static Target at(String host) {
    return new Target(host, 443);
  }

  @Test
  void lets_through_ranges_and_hosts_and_nothing_else() throws UnknownHostException {
    AllowList list = of("10.1.0.0/16, fd00::/8,127.0.0.1 , Git.Lab");
    InetAddress home = InetAddress.getLoopbackAddress();

    assertThat(list.allows(at("any"), InetAddress.getByName("10.1.2.3"))).isTrue();
    assertThat(list.allows(at("any"), InetAddress.getByName("fd12::1"))).isTrue();
    assertThat(list.allows(at("any"), home)).isTrue();
    assertThat(list.allows(at("git.lab"), InetAddress.getByName("10.9.9.9"))).isTrue();
    assertThat(list.allows(at("my.git.lab"), InetAddress.getByName("10.9.9.9"))).isFalse();
    assertThat(list.allows(at("any"), InetAddress.getByName("127.0.0.2"))).isFalse();
    assertThat(of("").allows(at("any"), home)).isFalse();
  }

  @Test
  void lets_through_single_ports() throws UnknownHostException {
    AllowList list = of("127.0.0.1:3000,git.lab:8080, 127.0.0.2");
    InetAddress home = InetAddress.getLoopbackAddress();

    assertThat(list.allows(new Target("127.0.0.1", 3000), home)).isTrue();
    assertThat(list.allows(new Target("any", 3000), home)).isTrue();
    assertThat(list.allows(new Target("127.0.0.1", 8080), home)).isFalse();
    assertThat(list.allows(new Target("git.lab", 8080), home)).isTrue();
    assertThat(list.allows(new Target("git.lab", 443), home)).isFalse();
    assertThat(list.allows(new Target("any", 5432), InetAddress.getByName("127.0.0.2"))).isTrue();
  }

  @Test
  void names_the_entry_that_is_neither() {
    assertThatThrownBy(() -> of("10.0.0.0/8,10.0.0.0/99"))
        .isInstanceOf(SettingsFault.class)
        .hasMessageContaining("10.0.0.0/99");
  }
}
