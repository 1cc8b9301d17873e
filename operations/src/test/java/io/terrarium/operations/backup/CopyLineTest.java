package io.terrarium.operations.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CopyLineTest {
  @Nested
  class A_line {
    @Test
    void gives_its_fields_as_they_are_in_the_table() {
      assertThat(CopyLine.fields("7\t\\N\t\tone\\ttwo\\nthree\\\\N"))
          .containsExactly("7", null, "", "one\ttwo\nthree\\N");
    }

    @Test
    void is_made_of_any_fields() {
      String line = CopyLine.of(Arrays.asList("a\\b\tc\r\n\u000b\b\f", null, "ü"));

      assertThat(CopyLine.fields(line)).containsExactly("a\\b\tc\r\n\u000b\b\f", null, "ü");
    }
  }
}
