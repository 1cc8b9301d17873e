package io.terrarium.core.run;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The signed read path of the state that a run starts from; empty when there is none yet.
@FunctionalInterface
public interface CurrentState {
  Optional<String> path(Handle db, long workspaceKey);
}
