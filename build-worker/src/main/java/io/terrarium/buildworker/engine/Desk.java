package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.output.BuildLog;

/// What a build works with from its first moment on.
record Desk(RunDirectory directory, BuildLog log, ObjectTransfer objects) {}
