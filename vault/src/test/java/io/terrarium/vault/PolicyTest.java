package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.vault.Policy.Capability;
import io.terrarium.vault.Policy.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final Pattern RULE =
      Pattern.compile("path \"([^\"]+)\" \\{\\s+capabilities = \\[([^\\]]+)\\]\\s+\\}");

  @Nested
  class The_policy_that_a_vault_of_the_users_is_given {
    private final Path file = Path.of("..", "compose", "openbao", "terrarium.hcl");

    @Test
    void grants_what_a_login_may_do_here() throws IOException {
      List<Grant> granted =
          RULE.matcher(Files.readString(file))
              .results()
              .map(rule -> new Grant(rule.group(1), capabilities(rule.group(2))))
              .toList();

      assertThat(granted).containsExactlyInAnyOrderElementsOf(Policy.TERRARIUM.grants());
    }

    @Test
    void is_the_one_of_the_guide() throws IOException {
      Path guide = Path.of("..", "docs", "how-to", "use-your-own-vault.md");

      assertThat(Files.readString(guide)).contains(Files.readString(file));
    }

    private Set<Capability> capabilities(String words) {
      return Arrays.stream(words.split(",", -1))
          .map(word -> word.replace("\"", "").strip().toUpperCase(Locale.ROOT))
          .map(Capability::valueOf)
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
