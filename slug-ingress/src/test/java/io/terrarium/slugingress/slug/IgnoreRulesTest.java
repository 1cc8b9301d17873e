package io.terrarium.slugingress.slug;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IgnoreRulesTest {
  private static final IgnoreRules USUAL = IgnoreRules.of(Optional.empty());

  private static IgnoreRules rules(String text) {
    return IgnoreRules.of(Optional.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Nested
  class Without_a_file {
    @ParameterizedTest
    @ValueSource(strings = {".terraform/", ".terraform/x", "sub/.terraform/x", ".git/", ".git/x"})
    void what_terraform_and_git_keep_is_left_out(String path) {
      assertThat(USUAL.of(path).isLeftOut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"main.tf", ".terraform/modules/", ".terraform.lock.hcl", ".gitignore"})
    void the_rest_is_in(String path) {
      assertThat(USUAL.of(path).isLeftOut()).isFalse();
    }
  }

  @Nested
  class A_directory {
    @Test
    void of_the_last_word_is_left_out_with_all_that_is_in_it() {
      assertThat(rules("logs/\n").of("logs/").isFinal()).isTrue();
    }

    @Test
    void is_looked_into_where_a_later_rule_takes_something_back() {
      IgnoreRules rules = rules("logs/\n!logs/keep\n");

      assertThat(rules.of("logs/").isLeftOut()).isTrue();
      assertThat(rules.of("logs/").isFinal()).isFalse();
      assertThat(rules.of("logs/keep").isLeftOut()).isFalse();
    }
  }

  @Nested
  class A_file_of_rules {
    @ParameterizedTest
    @ValueSource(strings = {"(unclosed\n", "[\n", "!\n", "   \n", "# all\n", "(?=x)\n", "\\\n"})
    void with_a_line_that_is_no_rule_leaves_nothing_out_by_it(String line) {
      assertThat(rules(line).of("main.tf").isLeftOut()).isFalse();
    }

    @Test
    void with_a_line_of_no_end_counts_for_nothing() {
      assertThat(rules("*.tf\n" + "x".repeat(70_000)).of("main.tf").isLeftOut()).isFalse();
    }

    @Test
    void with_a_line_of_thousands_of_groups_in_groups_leaves_nothing_out_by_it() {
      String line = "(".repeat(30_000) + "main.tf" + ")".repeat(30_000) + "\n";

      assertThat(rules(line).of("main.tf").isLeftOut()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "((a{1000}){1000}){1000}",
          "(a{1000})\\Q\\E{1000}",
          "(?:a{200}){200}",
          "(\\pL\\pL\\pL){50}"
        })
    void with_repeats_of_repeats_takes_no_memory_for_them(String line) {
      assertThat(rules(line + "|main.tf\n").of("main.tf").isLeftOut()).isFalse();
    }

    @Test
    void takes_no_more_memory_for_many_large_rules() {
      IgnoreRules rules = rules("a{900}|.{900}\n".repeat(4_000) + "*.tf\n");

      assertThat(rules.of("main.tf").isLeftOut()).isTrue();
    }

    @Test
    void may_have_repeats_within_reason() {
      assertThat(
              rules("build-[0-9a-f]{40}/(a|b){2}\n")
                  .of("build-" + "0f".repeat(20) + "/ab")
                  .isLeftOut())
          .isTrue();
    }

    @Test
    void cannot_keep_the_packer_busy_for_ever() {
      IgnoreRules rules = rules("(a+)+b\n" + "**/".repeat(200) + "x\n");

      assertThat(rules.of("a/".repeat(1_000) + "a".repeat(200)).isLeftOut()).isFalse();
    }
  }
}
