package io.terrarium.kernel.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTextTest {
  @ParameterizedTest
  @CsvSource({
    "GET /auth/1b?grant=1767.ab failed, GET /auth/1b?grant=… failed",
    "'/auth/1b/callback?code=c1&state=s1, again', '/auth/1b/callback?code=…&state=…, again'",
    "/admin/initial-admin-user?token=t1, /admin/initial-admin-user?token=…",
    "https://a.test/webhooks/vcs/abc is gone, https://a.test/webhooks/vcs/… is gone",
  })
  void what_opens_doors_is_cut_out(String text, String logged) {
    assertThat(LogText.of(text)).isEqualTo(logged);
  }

  @Test
  void what_only_looks_so_stays() {
    assertThat(LogText.of("exit code=1, state=ready")).isEqualTo("exit code=1, state=ready");
  }
}
