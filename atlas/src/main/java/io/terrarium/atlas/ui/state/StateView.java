package io.terrarium.atlas.ui.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.core.stateversion.StateOutput;
import io.terrarium.core.stateversion.StateVersion;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One state.
///
/// @param workspacePath of the page of the workspace
/// @param writer who has written it, "" where nobody is known
/// @param outputs those that the reader may see, sensitive ones without their values
/// @param way how the reader may come back to it
public record StateView(
    String workspacePath,
    StateVersion version,
    String writer,
    List<StateOutput> outputs,
    Way way,
    String formToken) {
  private static final int VALUE_CHARACTERS_MAX = 2_000;

  public StateView {
    outputs = List.copyOf(outputs);
  }

  /// The ways back to a state.
  public enum Way {
    /// There is none: it is the current state, its bytes are gone, or the reader may not write.
    NONE,
    /// The reader holds the workspace.
    HELD,
    /// Nobody holds the workspace, and the reader may.
    FREE,
    /// Somebody else holds it, a run perhaps.
    TAKEN
  }

  public String path() {
    return workspacePath + "/states";
  }

  /// Resources with their types, modules and providers.
  public Stream<JsonNode> resources() {
    return version.content().resources().valueStream();
  }

  /// A provider's address without what terraform writes around it.
  public static String provider(String written) {
    return written.replaceAll("^provider\\[\"(.*)\"]$", "$1");
  }

  public static String types(JsonNode group) {
    return group
        .path("types")
        .valueStream()
        .map(type -> type.path("type").asText() + " (" + type.path("count").asInt() + ")")
        .collect(Collectors.joining(", "));
  }

  /// As people read it.
  public static String value(StateOutput output) {
    JsonNode value = output.value();
    if (value == null) {
      return "";
    }
    String text = value.isTextual() ? value.textValue() : value.toPrettyString();
    return text.length() <= VALUE_CHARACTERS_MAX
        ? text
        : text.substring(0, VALUE_CHARACTERS_MAX) + "…";
  }

  public boolean isStored() {
    return StateListView.isComparable(version);
  }
}
