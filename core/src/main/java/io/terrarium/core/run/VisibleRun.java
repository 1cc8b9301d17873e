package io.terrarium.core.run;

import io.terrarium.core.access.WorkspaceAccess;

/// A run with what its caller may do in its workspace.
public record VisibleRun(Run run, WorkspaceAccess access) {}
