package io.terrarium.outboundproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadTest {
  private static RequestHead read(String text) throws IOException, Refusal {
    return RequestHead.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))
        .orElseThrow();
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines);
  }

  @Nested
  class A_request {
    @Test
    void goes_on_by_path_for_itself_alone_and_without_what_was_for_the_proxy() throws Exception {
      RequestHead head =
          read(
              lines(
                  "POST http://git.example:81/hook?a=b HTTP/1.1",
                  "Host: elsewhere",
                  "Proxy-X-Terrarium-Flow: run-1",
                  "Connection: keep-alive",
                  "Content-Length: 2",
                  "",
                  "{}"));

      assertThat(head.destination()).isEqualTo(new Target("git.example", 81));
      assertThat(head.header("proxy-x-terrarium-flow")).contains("run-1");
      assertThat(new String(head.forReceiver(), StandardCharsets.ISO_8859_1))
          .isEqualTo(
              lines(
                  "POST /hook?a=b HTTP/1.1",
                  "Host: git.example:81",
                  "Connection: close",
                  "Content-Length: 2",
                  "",
                  ""));
    }

    @Test
    void may_name_an_ipv6_address() throws Exception {
      assertThat(read("CONNECT [::1]:443 HTTP/1.1\r\n\r\n").destination())
          .isEqualTo(new Target("::1", 443));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "GET ftp://a.example/ HTTP/1.1\r\n\r\n",
          "GET https://a.example/ HTTP/1.1\r\n\r\n",
          "GET http://user:secret@a.example/ HTTP/1.1\r\n\r\n",
          "GET http:///path HTTP/1.1\r\n\r\n",
          "GET http://a.example:0/ HTTP/1.1\r\n\r\n",
          "GET http://a.example:99999/ HTTP/1.1\r\n\r\n",
          "CONNECT a.example HTTP/1.1\r\n\r\n",
          "CONNECT [fe80::1%eth0]:443 HTTP/1.1\r\n\r\n",
          "CONNECT a b:443 HTTP/1.1\r\n\r\n",
          "GET http://a.example/ HTTP/1.1\r\nno header\r\n\r\n",
          "GET http://a.example/ HTTP/1.1\r\nA : b\r\n\r\n",
          "GET http://a.example/ HTTP/2\r\n\r\n",
          "GET http://a.example/ HTTP/1.1\r\nA: b\n\r\n\r\n",
          "nothing of the kind"
        })
    void that_cannot_be_passed_on_is_refused(String text) {
      assertThatThrownBy(() -> read(text).destination())
          .isInstanceOfSatisfying(
              Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(400));
    }
  }
}
