package io.terrarium.core.stateversion;

import static io.terrarium.core.stateversion.ComparedStates.difference;
import static io.terrarium.core.stateversion.ComparedStates.instance;
import static io.terrarium.core.stateversion.ComparedStates.only;
import static io.terrarium.core.stateversion.ComparedStates.resource;
import static io.terrarium.core.stateversion.ComparedStates.state;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.stateversion.StateDifference.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is sensitive in a state.
class SensitiveStateTest {
  private void assertHidden(StateDifference difference, String name) {
    assertThat(difference.changes().getFirst().attributes())
        .containsExactly(new Attribute(name, null, null, true));
    assertThat(difference.toString()).doesNotContain("hush");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [[{"type":"get_attr","value":"a"}]]                                    | a
          [[{"type":"get_attr","value":"a"},{"type":"get_attr","value":"deep"}]] | a
          [[]]                                                                   | a
          [[{"type":"index","value":{"value":"k","type":"string"}}]]             | a
          """)
  void has_changed_and_that_is_all(String paths, String name) {
    String before =
        "{\"attributes\":{\"a\":{\"deep\":\"hush\"}},\"sensitive_attributes\":" + paths + "}";

    assertHidden(
        difference(
            state(resource("t", "n", before)),
            state(resource("t", "n", before.replace("hush", "hush hush")))),
        name);
  }

  @Test
  void stays_so_where_one_of_the_two_says_that_it_is() {
    String open = "{\"attributes\":{\"a\":\"hush\"},\"sensitive_attributes\":[]}";
    String closed =
        "{\"attributes\":{\"a\":\"hush hush\"},\"sensitive_attributes\":[[{\"type\":\"get_attr\",\"value\":\"a\"}]]}";

    assertHidden(
        difference(state(resource("t", "n", open)), state(resource("t", "n", closed))), "a");
    assertHidden(
        difference(state(resource("t", "n", closed)), state(resource("t", "n", open))), "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          aws_db_instance | {"master_password":"hush"}    | master_password
          aws_db_instance | {"a":{"auth_token":"hush"}}   | a.auth_token
          aws_db_instance | {"a":[{"api_key":"hush"}]}    | a[0].api_key
          random_password | {"result":"hush"}             | result
          """)
  void is_known_by_its_name_where_the_state_does_not_say(
      String type, String attributes, String name) {
    assertHidden(
        difference(
            state(resource(type, "n", instance(attributes))),
            state(resource(type, "n", instance(attributes.replace("hush", "hush hush"))))),
        name);
  }

  @Test
  void is_not_shown_as_a_part_of_something_that_came_either() {
    assertHidden(
        difference(only("{\"a\":[]}"), only("{\"a\":[{\"b\":{\"token\":\"hush\"}}]}")), "a");
  }

  @ParameterizedTest
  @CsvSource({"open, true", "db_password, false"})
  void is_hidden_among_outputs_too(String name, boolean isSensitive) {
    String before =
        "{\"version\":4,\"outputs\":{\"%s\":{\"value\":\"hush\",\"type\":\"string\",\"sensitive\":%s}}}"
            .formatted(name, isSensitive);

    assertHidden(difference(before, before.replace("hush", "hush hush")), "value");
  }
}
