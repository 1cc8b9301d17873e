package io.terrarium.core.run;

import org.jdbi.v3.core.Handle;

/// Where the state goes that an apply has uploaded: the state versions, told when the run ends.
@FunctionalInterface
public interface AppliedState {
  /// Makes `state` the workspace's current one, once per run.
  void keep(Handle db, Run run, RunPhase.UploadedState state);
}
