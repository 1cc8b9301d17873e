package io.terrarium.core.stateversion;

import static io.terrarium.core.stateversion.ComparedStates.difference;
import static io.terrarium.core.stateversion.ComparedStates.instance;
import static io.terrarium.core.stateversion.ComparedStates.only;
import static io.terrarium.core.stateversion.ComparedStates.resource;
import static io.terrarium.core.stateversion.ComparedStates.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.core.stateversion.StateDifference.Attribute;
import io.terrarium.core.stateversion.StateDifference.Change;
import io.terrarium.core.stateversion.StateDifference.Kind;
import io.terrarium.kernel.Fault;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateComparisonTest {
  private static List<Attribute> attributes(String before, String after) {
    StateDifference difference = difference(only(before), only(after));
    return difference.changes().stream().flatMap(one -> one.attributes().stream()).toList();
  }

  private static List<String> addresses(StateDifference difference, Kind kind) {
    return difference.of(kind).stream().map(Change::address).toList();
  }

  @Nested
  class A_resource {
    @Test
    void is_added_removed_or_changed_or_the_same() {
      String before =
          state(
              resource("a", "gone", instance("{}")),
              resource("a", "same", instance("{\"x\":1}")),
              resource("a", "other", instance("{\"x\":1}")));
      String after =
          state(
              resource("a", "other", instance("{\"x\":2}")),
              resource("a", "same", instance("{\"x\":1}")),
              resource("a", "came", instance("{}")));

      StateDifference difference = difference(before, after);

      assertThat(addresses(difference, Kind.ADDED)).containsExactly("a.came");
      assertThat(addresses(difference, Kind.REMOVED)).containsExactly("a.gone");
      assertThat(addresses(difference, Kind.CHANGED)).containsExactly("a.other");
      assertThat(difference.changeCount()).isEqualTo(3);
      assertThat(difference.unchangedCount()).isEqualTo(1);
    }

    @Test
    void is_named_by_its_address() {
      String instances =
          "[{\"index_key\":0},{\"index_key\":\"a \\\"b\\\"\"},{\"deposed\":\"00ff\"}]";
      String before = state();
      String after =
          state(
              "{\"module\":\"module.net[\\\"x\\\"]\",\"mode\":\"data\",\"type\":\"t\",\"name\":\"n\",\"instances\":"
                  + instances
                  + "}");

      assertThat(addresses(difference(before, after), Kind.ADDED))
          .containsExactly(
              "module.net[\"x\"].data.t.n (deposed 00ff)",
              "module.net[\"x\"].data.t.n[\"a \\\"b\\\"\"]",
              "module.net[\"x\"].data.t.n[0]");
    }

    @Test
    void that_is_tainted_has_changed() {
      String before = state(resource("a", "b", "{\"attributes\":{}}"));
      String after = state(resource("a", "b", "{\"status\":\"tainted\",\"attributes\":{}}"));

      assertThat(difference(before, after).changes().getFirst().attributes())
          .containsExactly(new Attribute("(status)", null, "tainted", false));
    }

    @Test
    void is_the_same_whatever_else_the_state_says_of_it() {
      String before = only("{\"x\":1}");
      String after =
          before.replace("\"schema_version\":0", "\"schema_version\":1,\"private\":\"bnVsbA==\"");

      assertThat(difference(before, after).isNothing()).isTrue();
    }
  }

  @Nested
  class An_attribute {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            {"a":1}                 | {"a":2}                 | a         | 1         | 2
            {"a":0.10000000000000000555} | {"a":0.1}          | a         | 0.10000000000000000555 | 0.1
            {"a":"x"}               | {"a":null}              | a         | x         | null
            {"tags":{"Name":"x"}}   | {"tags":{"Name":"y"}}   | tags.Name | x         | y
            {"rule":[{"port":1}]}   | {"rule":[{"port":2}]}   | rule[0].port | 1      | 2
            {"list":[1]}            | {"list":[1,2]}          | list      | [1]       | [1,2]
            {"a":{"b":1}}           | {"a":[1]}               | a         | {"b":1}   | [1]
            """)
    void is_told_by_its_path_with_both_values(
        String before, String after, String name, String old, String now) {
      assertThat(attributes(before, after)).containsExactly(new Attribute(name, old, now, false));
    }

    @Test
    void that_was_not_there_has_no_value() {
      assertThat(attributes("{\"a\":1}", "{\"b\":2}"))
          .containsExactly(
              new Attribute("a", "1", null, false), new Attribute("b", null, "2", false));
    }

    @Test
    void is_cut_where_it_is_long_and_so_are_too_many() {
      String many =
          IntStream.range(0, 200)
              .mapToObj(i -> "\"a" + i + "\":%d")
              .collect(Collectors.joining(","));
      Change change =
          difference(
                  only("{" + many.replace("%d", "1") + "}"),
                  only("{" + many.replace("%d", "2") + "}"))
              .changes()
              .getFirst();

      assertThat(
              attributes("{\"a\":1}", "{\"a\":\"" + "x".repeat(2_000) + "\"}").getFirst().after())
          .hasSize(AttributeChanges.VALUE_CHARACTERS_MAX + 1)
          .endsWith("…");
      assertThat(change.attributes()).hasSize(AttributeChanges.ATTRIBUTES_MAX);
      assertThat(change.isCut()).isTrue();
    }
  }

  @Nested
  class What_cannot_be_compared {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "no json",
          "[]",
          "{}",
          "{\"version\":3,\"resources\":[]}",
          "{\"version\":4,\"resources\":{}}",
          "{\"version\":4,\"resources\":[{\"instances\":[]}]}",
          "{\"version\":4,\"resources\":[{\"type\":\"a\""
        })
    void is_refused(String state) {
      assertThatThrownBy(() -> difference(state(), state))
          .isInstanceOf(Fault.Conflict.class)
          .hasMessageContaining("not a state that can be read here");
    }

    @Test
    void may_be_too_large_in_one_place() {
      String large = "\"" + "x".repeat(1 << 20) + "\",";
      String list = "[" + large.repeat(5) + "0]";

      assertThatThrownBy(() -> difference(state(), only("{\"a\":" + list + "}")))
          .isInstanceOf(Fault.Conflict.class)
          .hasMessageContaining("too much to be compared");
    }
  }

  @Nested
  class Many_changes {
    private String many(int value) {
      return state(
          resource(
              "t",
              "n",
              IntStream.range(0, 1_000)
                  .mapToObj(i -> "{\"index_key\":%d,\"attributes\":{\"a\":%d}}".formatted(i, value))
                  .toArray(String[]::new)));
    }

    @Test
    void are_counted_and_the_first_ones_shown() {
      StateDifference difference = difference(many(1), many(2));

      assertThat(difference.changeCount()).isEqualTo(1_000);
      assertThat(difference.changes()).hasSize(StateComparison.CHANGES_SHOWN_MAX);
      assertThat(difference.changes()).allMatch(change -> change.attributes().size() == 1);
    }
  }

  @Test
  void nothing_is_different_between_a_state_and_itself() {
    assertThat(difference(only("{\"a\":1}"), only("{\"a\":1}")).isNothing()).isTrue();
  }

  @Test
  void nulls_for_lists_are_read_as_empty_ones() {
    assertThat(
            difference("{\"version\":4,\"outputs\":null,\"resources\":null}", state()).isNothing())
        .isTrue();
  }
}
