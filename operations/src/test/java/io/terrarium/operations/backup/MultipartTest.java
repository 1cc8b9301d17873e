package io.terrarium.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MultipartTest {
  private static final Optional<String> TYPE = Optional.of("multipart/form-data; boundary=xYz");

  private static final String FORM =
      """
      --xYz\r
      Content-Disposition: form-data; name="config"; filename="a name=b.json"\r
      Content-Type: application/json\r
      \r
      {"password":"p"}\r
      --xYz\r
      Content-Disposition: form-data; name=snapshot\r
      \r
      bytes\r
      --xY not the end\r
      \r
      --xYz--\r
      """;

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(Multipart.Field field) throws IOException {
    return new String(field.content().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Nested
  class A_form {
    @Test
    void gives_its_fields_one_after_the_other() throws IOException {
      Multipart form = Multipart.of(TYPE, bytes(FORM));

      Multipart.Field first = form.next().orElseThrow();
      assertThat(first.name()).isEqualTo("config");
      assertThat(text(first)).isEqualTo("{\"password\":\"p\"}");
      Multipart.Field second = form.next().orElseThrow();
      assertThat(second.name()).isEqualTo("snapshot");
      assertThat(text(second)).isEqualTo("bytes\r\n--xY not the end\r\n");
      assertThat(form.next()).isEmpty();
    }

    @Test
    void is_the_same_however_it_is_cut_on_its_way() throws IOException {
      List<InputStream> single =
          FORM.chars().mapToObj(one -> bytes(Character.toString(one))).toList();
      Multipart form = Multipart.of(TYPE, new SequenceInputStream(Collections.enumeration(single)));

      Optional<Multipart.Field> _ = form.next();

      assertThat(text(form.next().orElseThrow())).isEqualTo("bytes\r\n--xY not the end\r\n");
    }

    @Test
    void that_ends_before_its_end_is_refused_wherever_that_is() {
      assertThat(IntStream.range(0, FORM.indexOf("--xYz--") + 6))
          .allSatisfy(length ->
              assertThatThrownBy(
                      () -> {
                        Multipart form = Multipart.of(TYPE, bytes(FORM.substring(0, length)));
                        while (form.next().isPresent()) {}
                      })
                  .isInstanceOf(Fault.BadRequest.class));
    }

    @Test
    void of_another_type_is_refused() {
      assertThatThrownBy(
              () -> Multipart.of(Optional.of("application/json"), InputStream.nullInputStream()))
          .isInstanceOf(Fault.BadRequest.class);
    }
  }
}
