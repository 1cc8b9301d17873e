package io.terrarium.gitserver.happening;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/// Something that webhooks may be told of, as it is written down before it is done.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Happening.Pushed.class, name = "pushed"),
  @JsonSubTypes.Type(value = Happening.PullChanged.class, name = "pull_changed")
})
public sealed interface Happening {
  /// Who does it.
  String sender();

  /// Branches and tags are moved.
  record Pushed(String sender, List<Move> moves) implements Happening {
    public Pushed {
      moves = List.copyOf(moves);
    }
  }

  /// One branch or tag.
  ///
  /// @param before and `after`: names of objects, zeros for what is not there
  record Move(String ref, String before, String after) {}

  /// A pull request is opened, closed or reopened by hand.
  ///
  /// @param action `opened`, `closed` or `reopened`
  record PullChanged(String sender, long number, String action) implements Happening {}
}
