package io.terrarium.core.stateversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/// States as terraform writes them, and what is other between two.
final class ComparedStates {
  private ComparedStates() {}

  static StateDifference difference(String before, String after) {
    try {
      return new StateComparison(
              () -> new ByteArrayInputStream(before.getBytes(UTF_8)),
              () -> new ByteArrayInputStream(after.getBytes(UTF_8)))
          .difference();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static String state(String... resources) {
    return "{\"version\":4,\"serial\":1,\"outputs\":{},\"resources\":["
        + String.join(",", resources)
        + "],\"check_results\":null}";
  }

  static String resource(String type, String name, String... instances) {
    return "{\"mode\":\"managed\",\"type\":\"%s\",\"name\":\"%s\",\"provider\":\"p\",\"instances\":[%s]}"
        .formatted(type, name, String.join(",", instances));
  }

  static String instance(String attributes) {
    return "{\"schema_version\":0,\"attributes\":" + attributes + ",\"sensitive_attributes\":[]}";
  }

  /// The only resource, with these attributes.
  static String only(String attributes) {
    return state(resource("aws_instance", "web", instance(attributes)));
  }
}
