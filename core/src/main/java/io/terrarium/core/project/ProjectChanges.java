package io.terrarium.core.project;

import io.terrarium.core.workspace.Tag;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.List;

/// What a client wants of a project; what it left out stays.
///
/// @param executionMode `remote` or `local`, which it has of its own then
/// @param inheritsExecutionMode it is to have the organization's again
/// @param tags which it has then; those that it had stay where there are none
public record ProjectChanges(
    Patch<String> name,
    Patch<String> description,
    Patch<String> executionMode,
    boolean inheritsExecutionMode,
    List<Tag> tags) {
  public ProjectChanges {
    tags = List.copyOf(tags);
  }
}
