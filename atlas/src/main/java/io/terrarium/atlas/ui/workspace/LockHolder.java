package io.terrarium.atlas.ui.workspace;

/// Who holds a workspace, in words for people.
///
/// @param who such as `alice`
/// @param runPath of the page of the run that holds it; "" where none does
/// @param reason that was given, or ""
/// @param isReader whether it is who looks at it
public record LockHolder(String who, String runPath, String reason, boolean isReader) {
  public boolean isRun() {
    return !runPath.isEmpty();
  }
}
