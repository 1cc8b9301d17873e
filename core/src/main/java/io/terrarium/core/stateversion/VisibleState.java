package io.terrarium.core.stateversion;

import io.terrarium.core.access.WorkspaceAccess;

/// A state, with what its reader may do in its workspace.
public record VisibleState(StateVersion version, WorkspaceAccess access) {}
