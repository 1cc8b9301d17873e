package io.terrarium.registry.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeSyntaxTest {
  private static Body read(String text) {
    return NativeSyntax.read("main.tf", text);
  }

  private static Expression value(String expression) {
    return Objects.requireNonNull(read("a = " + expression + "\n").attributes().get("a"));
  }

  private static Optional<String> literal(String expression) {
    return value(expression).literal().map(JsonNode::toString);
  }

  @Nested
  class A_literal {
    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        value = {
          "\"x\" ~ \"x\"",
          "1 ~ 1",
          "-1.50 ~ -1.5",
          "1e3 ~ 1000",
          "0.000001 ~ 0.000001",
          "true ~ true",
          "null ~ null",
          "(( 1 )) ~ 1",
          "[1, [\"a\"], ] ~ [1,[\"a\"]]",
          "{ a = 1, \"b c\" : 2, 3 = null, true = false } ~ {\"a\":1,\"b c\":2,\"3\":null,\"true\":false}",
          "\"$${a} %%{b} $ %\" ~ \"${a} %{b} $ %\"",
          "\"\\u00e9\\n\\\"\" ~ \"é\\n\\\"\"",
          "\"\\ud800\" ~ \"\uFFFD\"",
          "{ a = [ { b = {} } ] } ~ {\"a\":[{\"b\":{}}]}",
        })
    void has_its_value(String expression, String json) {
      assertThat(literal(expression)).contains(json);
    }

    @Test
    void in_an_indented_heredoc_loses_what_all_its_lines_begin_with() {
      assertThat(value("<<-EOT\n    a\n      b\n\n    c\n  EOT").string())
          .contains("a\n  b\n\nc\n");
    }

    @Test
    void in_a_heredoc_of_windows_keeps_its_line_ends() {
      assertThat(value("<<EOT\r\na\r\nEOT\r\n").string()).contains("a\r\n");
    }
  }

  @Nested
  class More_than_a_literal {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "1 + 1",
          "\"${a}\"",
          "a.b[\"c\"].*.d[*]",
          "f(a, b...)",
          "provider::x::y( 1 )",
          "a ? b : c",
          "[for a in b : a]",
          "{for k, v in b : k => v... if v}",
          "[1, a]",
          "\"%{if a}b%{else}c%{endif}\"",
          "!true",
          "1e999999999",
        })
    void is_kept_as_it_is_written(String expression) {
      Expression value = value(expression + " # why");

      assertThat(value.text()).isEqualTo(expression);
      assertThat(value.literal()).isEmpty();
    }

    @Test
    void still_tells_the_literal_members_of_an_object() {
      Expression value = value("{ source = \"a/b\", aliases = [x.y] }");

      assertThat(value.string("source")).contains("a/b");
      assertThat(value.literal()).isEmpty();
    }
  }

  @Nested
  class What_is_no_valid_configuration {
    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        value = {
          "a = ~ main.tf:1: an expression is needed, not the end of the file",
          "a = 1 2 ~ main.tf:1: a new line is needed behind a, not '2'",
          "a = [1, 2 ~ main.tf:1: a list needs ']', not the end of the file",
          "a = f(1 2) ~ main.tf:1: a call needs ')', not '2'",
          "a = \"x ~ main.tf:1: a string begins that has no closing quote",
          "a = \"${x\" ~ main.tf:1: an interpolation needs '}', not '\"'",
          "a = \"\\q\" ~ main.tf:1: there is no escape \\q; a backslash itself is \\\\",
          "a = <<X ~ main.tf:1: a heredoc needs a new line behind 'X', not the end of the file",
          "a = \"%{if x}\" ~ main.tf:1: a template has %{ if } without its end",
          "a {b = 1, c = 2} ~ main.tf:1: a block of one line needs '}', not ','",
          "a \"b ~ main.tf:1: a string begins that has no closing quote",
          "a {} b {} ~ main.tf:1: a new line is needed behind a, not 'b'",
          "'a' = 1 ~ main.tf:1: an argument or a block needs a name, not '''",
          "a = {b = 1 c = 2} ~ main.tf:1: the items of an object need a comma or a new line between them, not 'c'",
          "/* a ~ main.tf:1: a comment begins that has no end; close it by */",
          "a = x. ~ main.tf:1: a dot needs a name, not the end of the file",
          "a 1 ~ main.tf:1: a needs '=' for an argument or '{' for a block, not '1'",
        })
    void is_refused_with_its_place_and_what_is_wrong(String text, String message) {
      assertThatThrownBy(() -> read(text)).isInstanceOf(HclFault.class).hasMessage(message);
    }

    @Test
    void is_placed_in_its_own_line() {
      assertThatThrownBy(() -> read("a {\n  b = 1\n\n  c = [\n"))
          .hasMessage("main.tf:5: an expression is needed, not the end of the file");
    }

    @Test
    void that_never_closes_a_block_is_placed_where_the_block_begins() {
      assertThatThrownBy(() -> read("x = 1\na {\n  b = 1\n"))
          .hasMessage("main.tf:2: a block begins that has no closing brace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = %s1", "a = %s\"", "a %s", "a = \"%s"})
    void that_is_nested_without_end_is_refused_before_the_stack_is(String form) {
      for (String opening : new String[] {"(", "[", "{\nb = ", "-", "!", "f(", "{\n", "${"}) {
        assertThatThrownBy(() -> read(form.formatted(opening.repeat(100_000))))
            .as(form + " " + opening)
            .isInstanceOf(HclFault.class);
      }
    }

    @Test
    void that_sets_an_argument_twice_is_refused() {
      assertThatThrownBy(() -> read("a = 1\na = 2\n"))
          .hasMessage("main.tf:2: the argument a is set twice");
    }
  }

  @Test
  void a_file_of_too_many_blocks_is_refused() {
    assertThatThrownBy(() -> read("a {}\n".repeat(50_001)))
        .hasMessage("main.tf:50001: the file has more than 50000 arguments and blocks");
  }

  @Test
  void a_very_long_file_is_read_in_one_go() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      text.append(
          "variable \"v%d\" { default = { a = [\"${x}\", 1] } } # and so on\n".formatted(i));
    }

    assertThat(read(text.toString()).blocks()).hasSize(20_000);
  }
}
