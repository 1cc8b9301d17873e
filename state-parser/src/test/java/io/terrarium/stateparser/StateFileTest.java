package io.terrarium.stateparser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.terrarium.contracts.state.ParsedState;
import io.terrarium.contracts.state.ParsedState.Instance;
import io.terrarium.contracts.state.ParsedState.Output;
import io.terrarium.contracts.state.ParsedState.Resource;
import io.terrarium.kernel.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StateFileTest {
  private static final String STATE =
      """
      {"version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "abc",
       "outputs": {
         "name": {"value": "x", "type": "string"},
         "secret": {"value": {"a": 1}, "type": ["object", {"a": "number"}], "sensitive": true},
         "list": {"value": ["a"], "type": ["tuple", ["string"]]}},
       "resources": [
         {"mode": "managed", "type": "terraform_data", "name": "a",
          "provider": "provider[\\"terraform.io/builtin/terraform\\"]",
          "instances": [{"index_key": 0, "attributes": {"id": "1"}}, {"index_key": 1}]},
         {"module": "module.net", "mode": "data", "type": "aws_vpc", "name": "main",
          "provider": "module.net.provider[\\"registry.terraform.io/hashicorp/aws\\"].west",
          "instances": [{}]}],
       "check_results": null}
      """;

  private static ParsedState read(String text) throws IOException {
    return StateFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertRefused(String state, String why) {
    assertThatThrownBy(() -> read(state))
        .isInstanceOf(Fault.Invalid.class)
        .hasMessageContaining(why);
  }

  @Nested
  class A_state {
    @Test
    void tells_its_facts_and_resources() throws IOException {
      ParsedState state = read(STATE);

      assertThat(state.serial()).isEqualTo(7);
      assertThat(state.lineage()).isEqualTo("abc");
      assertThat(state.terraformVersion()).isEqualTo("1.11.4");
      assertThat(state.resourceCount()).isEqualTo(2);
      assertThat(state.resources())
          .extracting(Resource::mode, Resource::type, Resource::name, Resource::module)
          .containsExactly(
              tuple("managed", "terraform_data", "a", "root"),
              tuple("data", "aws_vpc", "main", "module.net"));
      assertThat(state.resources())
          .extracting(Resource::provider, Resource::count)
          .containsExactly(
              tuple("terraform.io/builtin/terraform", 2),
              tuple("registry.terraform.io/hashicorp/aws", 1));
    }

    @Test
    void tells_its_outputs_with_short_and_detailed_types() throws IOException {
      ParsedState state = read(STATE);

      assertThat(state.outputs())
          .extracting(Output::name)
          .containsExactly("name", "secret", "list");
      assertThat(state.outputs())
          .extracting(Output::type)
          .containsExactly("string", "map", "array");
      assertThat(state.outputs())
          .extracting(output -> output.detailedType().toString())
          .containsExactly(
              "\"string\"", "[\"object\",{\"a\":\"number\"}]", "[\"tuple\",[\"string\"]]");
      assertThat(state.outputs()).extracting(Output::sensitive).containsExactly(false, true, false);
    }

    @Test
    void counts_types_by_module_and_provider() throws IOException {
      ParsedState state = read(STATE);

      assertThat(state.modules())
          .extracting(ParsedState.Module::name)
          .containsExactly("module.net", "root");
      assertThat(state.providers())
          .extracting(ParsedState.Provider::name)
          .containsExactly(
              "provider[\"registry.terraform.io/hashicorp/aws\"]",
              "provider[\"terraform.io/builtin/terraform\"]");
      assertThat(state.modules().getFirst().types())
          .containsExactly(new ParsedState.TypeCount("data.aws_vpc", 1));
    }
  }

  @Nested
  class Outputs {
    private static String output(String name, int bytes) {
      return "\"" + name + "\":{\"value\":\"" + "x".repeat(bytes) + "\",\"type\":\"string\"}";
    }

    private static String state(String... outputs) {
      return "{\"outputs\":{" + String.join(",", outputs) + "},\"version\":4}";
    }

    @Test
    void are_read_up_to_the_limit() throws IOException {
      ParsedState state =
          read(
              state(
                  output("a", OutputTokens.OUTPUT_BYTES_MAX - 100),
                  output("b", OutputTokens.OUTPUT_BYTES_MAX - 100),
                  output("c", OutputTokens.OUTPUT_BYTES_MAX - 100)));

      assertThat(state.outputs()).extracting(Output::name).containsExactly("a", "b", "c");
    }

    @Test
    void are_refused_by_name_when_one_is_too_large() {
      assertRefused(
          state(output("small", 10), output("large", OutputTokens.OUTPUT_BYTES_MAX + 1)),
          "The state's output large is larger than 4194304 bytes");
    }

    @Test
    void are_refused_by_name_when_one_has_too_many_parts() {
      String list = "{\"value\":[0" + ",0".repeat(OutputTokens.OUTPUT_BYTES_MAX / 2) + "]}";

      assertRefused(
          state("\"list\":" + list),
          "The state's output list is larger than the 4194304 bytes that can be read.");
    }

    @Test
    void are_refused_when_they_are_too_large_together() {
      int each = OutputTokens.OUTPUT_BYTES_MAX - 100;

      assertRefused(
          state(
              output("a", each),
              output("b", each),
              output("c", each),
              output("d", each),
              output("e", each)),
          "The state's outputs are larger together than the 16777216 bytes");
    }

    @Test
    void count_together_where_a_state_has_them_twice() {
      int each = OutputTokens.OUTPUT_BYTES_MAX - 100;
      String half = "\"outputs\":{" + output("a", each) + "," + output("b", each) + "}";

      assertRefused(
          "{" + half + "," + half + "," + half + "}",
          "The state's outputs are larger together than the 16777216 bytes");
    }

    @Test
    void that_are_null_are_none() throws IOException {
      assertThat(read("{\"version\":4,\"outputs\":null,\"resources\":null}").outputs()).isEmpty();
    }
  }

  @Nested
  class Instances {
    private static final String TEXT = "x".repeat(20_000);

    /// @param instances objects of a managed resource, behind one that fills more than a buffer
    private List<Instance> of(String instances) throws IOException {
      Resource resource =
          read("{\"version\":4,\"resources\":[{\"mode\":\"managed\",\"instances\":["
                  + "{\"index_key\":\"first\",\"attributes\":{\"text\":\""
                  + TEXT
                  + "\"}},"
                  + instances
                  + "]}]}")
              .resources()
              .getFirst();
      return Objects.requireNonNull(resource.instances());
    }

    @Test
    void are_told_by_their_keys() throws IOException {
      List<Instance> instances =
          of("{\"index_key\":7},{\"index_key\":\"a.b\"},{\"attributes\":{\"index_key\":1}}");

      assertThat(instances)
          .extracting(instance -> String.valueOf(instance.index()))
          .containsExactly("\"first\"", "7", "\"a.b\"", "null");
    }

    @Test
    void of_data_sources_are_not_told() throws IOException {
      ParsedState state = read(STATE);

      assertThat(state.resources().getLast().instances()).isNull();
    }

    @Test
    void that_await_their_destruction_count_but_are_not_told() throws IOException {
      List<Instance> instances = of("{\"index_key\":1,\"deposed\":\"0a1b2c3d\"}");

      assertThat(instances).hasSize(1);
    }

    @Test
    void have_a_digest_that_changes_with_them_wherever_they_stand() throws IOException {
      String large = "{\"attributes\":{\"text\":\"" + TEXT + "\",\"n\":%d}}";
      List<Instance> before = of(large.formatted(1) + ",{\"index_key\":2}");
      List<Instance> after = of("{\"new\":1}, " + large.formatted(2) + ",{\"index_key\":2}");
      List<Instance> same = of("{\"new\":1}, " + large.formatted(1));

      assertThat(digests(before)).doesNotHaveDuplicates().doesNotContain(0L);
      assertThat(after.get(2).digest()).isNotEqualTo(before.get(1).digest());
      assertThat(after.get(3).digest()).isEqualTo(before.get(2).digest());
      assertThat(same.get(2).digest()).isEqualTo(before.get(1).digest());
    }

    private static List<Long> digests(List<Instance> instances) {
      return instances.stream().map(Instance::digest).toList();
    }

    @Test
    void are_refused_when_they_are_too_many() {
      int count = StateFile.RESOURCES_CHARACTERS_MAX / 50;

      assertThatThrownBy(() -> of("{},".repeat(count) + "{}"))
          .isInstanceOf(Fault.Invalid.class)
          .hasMessageContaining("larger together");
    }
  }

  @Nested
  class Resources_without_end {
    @Test
    void are_refused_when_their_names_are_too_large_together() {
      String resource = "{\"name\":\"" + "n".repeat(1 << 20) + "\"}";
      String state = "{\"version\":4,\"resources\":[" + (resource + ",").repeat(32) + resource;

      assertRefused(state, "The names of the state's resources are larger together");
    }

    @Test
    void are_refused_when_they_are_empty_and_too_many() {
      int count = StateFile.RESOURCES_CHARACTERS_MAX / 100;
      String state = "{\"version\":4,\"resources\":[" + "{},".repeat(count) + "{}";

      assertRefused(state, "The names of the state's resources are larger together");
    }
  }

  @Nested
  class What_is_no_state {
    @Test
    void breaks_off_clearly_when_truncated() {
      assertThatThrownBy(() -> read(STATE.substring(0, 400)))
          .isInstanceOf(Fault.Invalid.class)
          .hasMessageContaining("breaks off");
    }

    @Test
    void is_refused_when_it_is_not_json() {
      assertThatThrownBy(() -> read("resource {}"))
          .isInstanceOf(Fault.Invalid.class)
          .hasMessageContaining("not JSON");
    }

    @Test
    void is_refused_when_a_resource_is_no_object() {
      assertThatThrownBy(() -> read("{\"version\": 4, \"resources\": [{}, 7]}"))
          .isInstanceOf(Fault.Invalid.class)
          .hasMessageContaining("Element 1");
    }

    @Test
    void is_refused_when_its_outputs_are_no_object() {
      assertRefused("{\"version\": 4, \"outputs\": [1]}", "The state's outputs are no object.");
      assertRefused("{\"version\": 4, \"outputs\": 7}", "The state's outputs are no object.");
      assertRefused(
          "{\"version\": 4, \"outputs\": {\"a\": 7}}", "The state's output a is no object.");
    }

    @Test
    void is_refused_when_its_resources_are_no_list() {
      assertRefused("{\"version\": 4, \"resources\": {}}", "The state's resources are no list.");
    }

    @Test
    void is_refused_when_instances_are_no_objects() {
      assertRefused(
          "{\"version\": 4, \"resources\": [{\"instances\": {}}]}",
          "The instances of element 0 of the state's resources are no list.");
      assertRefused(
          "{\"version\": 4, \"resources\": [{}, {\"instances\": [{}, \"x\"]}]}",
          "An instance of element 1 of the state's resources is no object.");
    }

    @Test
    void is_refused_when_its_format_is_another() {
      assertThatThrownBy(() -> read("{\"version\": 3}"))
          .isInstanceOf(Fault.Invalid.class)
          .hasMessageContaining("version 3");
    }
  }
}
