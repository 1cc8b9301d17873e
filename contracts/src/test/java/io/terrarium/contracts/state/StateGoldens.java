package io.terrarium.contracts.state;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import java.util.List;

/// What the state parser is asked and answers.
public final class StateGoldens {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String PROVIDER = "registry.terraform.io/hashicorp/aws";

  private StateGoldens() {}

  public static List<Golden<?>> all() {
    return List.of(
        new Golden<>(
            "parse-request",
            new ParseRequest(
                ParseRequest.VERSION,
                "run-CZcmD7eagjhyX0vN",
                "/_archivist/v1/object/claims.signature"),
            new Wire.Body<>(ParseRequest.class)),
        new Golden<>("parsed-state", parsed(), new Wire.Body<>(ParsedState.class)));
  }

  private static ParsedState parsed() {
    List<ParsedState.TypeCount> types = List.of(new ParsedState.TypeCount("aws_instance", 2));
    return new ParsedState(
        ParsedState.VERSION,
        "1.13.4",
        4,
        4_294_967_296L,
        "2a4e8f0c-6b1d-4c3a-9f57-0d1e2b3c4d5e",
        2,
        List.of(
            new ParsedState.Resource(
                "managed",
                "aws_instance",
                "web",
                "module.a",
                PROVIDER,
                2,
                List.of(
                    new ParsedState.Instance(null, 81_985_529_216_486_895L),
                    new ParsedState.Instance(TextNode.valueOf("eu"), -1L))),
            new ParsedState.Resource("data", "aws_ami", "base", "root", PROVIDER, 1, null)),
        List.of(new ParsedState.Module("module.a", types)),
        List.of(new ParsedState.Provider(PROVIDER, types)),
        List.of(
            new ParsedState.Output(
                "names",
                false,
                "array",
                JSON.arrayNode().add("list").add("string"),
                JSON.arrayNode().add("first").add("second")),
            new ParsedState.Output(
                "is_up", true, "bool", TextNode.valueOf("bool"), BooleanNode.TRUE),
            new ParsedState.Output(
                "nothing", false, "null", TextNode.valueOf("dynamic"), JSON.nullNode())));
  }
}
