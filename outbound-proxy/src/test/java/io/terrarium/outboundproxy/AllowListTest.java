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

  @Test
  void lets_through_ranges_and_hosts_and_nothing_else() throws UnknownHostException {
    AllowList list = of("10.1.0.0/16, fd00::/8,127.0.0.1 , Git.Lab");
    InetAddress home = InetAddress.getLoopbackAddress();

    assertThat(list.allows("any", InetAddress.getByName("10.1.2.3"))).isTrue();
    assertThat(list.allows("any", InetAddress.getByName("fd12::1"))).isTrue();
    assertThat(list.allows("any", home)).isTrue();
    assertThat(list.allows("git.lab", InetAddress.getByName("10.9.9.9"))).isTrue();
    assertThat(list.allows("my.git.lab", InetAddress.getByName("10.9.9.9"))).isFalse();
    assertThat(list.allows("any", InetAddress.getByName("127.0.0.2"))).isFalse();
    assertThat(of("").allows("any", home)).isFalse();
  }

  @Test
  void names_the_entry_that_is_neither() {
    assertThatThrownBy(() -> of("10.0.0.0/8,10.0.0.0/99"))
        .isInstanceOf(SettingsFault.class)
        .hasMessageContaining("10.0.0.0/99");
  }
}
