package io.terrarium.contracts.lab;

import java.util.List;

/// A mesh in a lab.
///
/// @param options by which commands find this mesh, such as ` --data DIR`; "" where none are needed
/// @param node that is the whole mesh; another mesh has another name
public record LabState(List<LabPart> parts, String options, String node) {
  /// Where the control answers.
  public static final String PATH = "/v1/lab";

  public LabState {
    parts = List.copyOf(parts);
  }
}
