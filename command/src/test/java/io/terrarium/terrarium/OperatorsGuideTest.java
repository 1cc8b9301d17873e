package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The tables of settings in `docs/operators-guide.md` are those of the code.
class OperatorsGuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "operators-guide.md");
  private static final Pattern KEY_ROW =
      Pattern.compile(
          "^\\| `([a-z0-9_]+)` \\| (?:`([A-Z0-9_]+)`|-) \\| [^|]+ \\|", Pattern.MULTILINE);
  private static final Pattern VARIABLE_ROW =
      Pattern.compile("^\\| `([A-Z0-9_]+)` \\| [^|]+ \\|", Pattern.MULTILINE);

  private static String guide() throws IOException {
    return Files.readString(GUIDE);
  }

  @Test
  void each_key_that_works_has_a_row_with_its_variable() throws IOException {
    Map<String, String> rows =
        KEY_ROW
            .matcher(guide())
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(1),
                    row -> row.group(2) == null ? "-" : row.group(2),
                    (_, twice) -> twice + " twice",
                    TreeMap::new));

    assertThat(rows)
        .isEqualTo(
            SettingKey.all().stream()
                .filter(SettingKey::works)
                .collect(Collectors.toMap(SettingKey::name, key -> key.variable().orElse("-"))));
  }

  @Test
  void each_variable_without_a_key_has_a_row() throws IOException {
    List<String> rows = VARIABLE_ROW.matcher(guide()).results().map(row -> row.group(1)).toList();

    assertThat(rows).containsExactlyInAnyOrderElementsOf(ShellVariable.names());
  }

  @Test
  void each_key_that_is_refused_is_in_the_list_of_these() throws IOException {
    String list =
        guide()
            .lines()
            .filter(line -> line.startsWith("These keys of the documents are known and refused"))
            .collect(Collectors.joining());

    assertThat(Pattern.compile("`([a-z0-9_]+)`").matcher(list).results().map(MatchResult::group))
        .containsExactlyInAnyOrderElementsOf(
            SettingKey.all().stream()
                .filter(key -> !key.works())
                .map(key -> "`" + key.name() + "`")
                .toList());
  }
}
