package io.terrarium.core.stateversion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SucceedingStateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"version":4,"serial":1,"lineage":"L"}           | {"version":4,"serial":7,"lineage":"L"}
          {"version":4,"lineage":"L"}                      | {"version":4,"lineage":"L","serial":7}
          {}                                               | {"serial":7}
          {"serial":{"not":["a number"]},"a":[]}           | {"serial":7,"a":[]}
          {"serial":1,"serial":2}                          | {"serial":7}
          {"a":{"serial":1},"serial":1,"b":[{"serial":3}]} | {"a":{"serial":1},"serial":7,"b":[{"serial":3}]}
          {"n":[0.10000000000000000555,1.50],"serial":1}   | {"n":[0.10000000000000000555,1.50],"serial":7}
          {"n":[12345678901234567890123,-0],"serial":1}    | {"n":[12345678901234567890123,0],"serial":7}
          {"s":"ünï \\u0001 <&>","serial":1,"z":null}      | {"s":"ünï \\u0001 <&>","serial":7,"z":null}
          """)
  void differs_in_its_serial_alone(String before, String after) throws Exception {
    assertThat(rewritten(before)).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "7", "no json", "{\"serial\":1", "{\"a\":[1,}", "{}{}", "{\"a\":1} b"})
  void that_is_no_state_breaks(String text) {
    assertThatThrownBy(() -> rewritten(text)).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void of_any_size_is_measured_as_it_passes() throws Exception {
    byte[] resource = ("\"" + "x".repeat(1 << 20) + "\",").getBytes(UTF_8);
    List<InputStream> parts =
        Stream.of(
                Stream.of("{\"serial\":1,\"r\":[".getBytes(UTF_8)),
                Stream.generate(() -> resource).limit(200),
                Stream.of("0]}".getBytes(UTF_8)))
            .flatMap(part -> part)
            .<InputStream>map(ByteArrayInputStream::new)
            .toList();
    MessageDigest md5 = MessageDigest.getInstance("MD5");
    long read = 0;

    try (SucceedingState state =
        new SucceedingState(new SequenceInputStream(Collections.enumeration(parts)), 1_000)) {
      byte[] buffer = new byte[100_000];
      for (int count = state.read(buffer); count >= 0; count = state.read(buffer)) {
        md5.update(buffer, 0, count);
        read += count;
      }
      assertThat(state.size()).isEqualTo(read).isEqualTo(200L * resource.length + 23);
      assertThat(state.md5Hex()).isEqualTo(HexFormat.of().formatHex(md5.digest()));
    }
  }

  private static String rewritten(String text) throws IOException {
    try (SucceedingState state =
        new SucceedingState(new ByteArrayInputStream(text.getBytes(UTF_8)), 7)) {
      return new String(state.readAllBytes(), UTF_8);
    }
  }
}
