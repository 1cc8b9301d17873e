package io.terrarium.atlas.api.run;

import io.terrarium.kernel.http.Call;
import java.util.Optional;

/// The comment that an action on a run may carry: plain JSON, or nothing.
public final class ActionComment {
  private ActionComment() {}

  public static Optional<String> of(Call call) {
    return call.tree().map(tree -> tree.path("comment").asText(""));
  }
}
