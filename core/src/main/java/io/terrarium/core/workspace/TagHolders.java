package io.terrarium.core.workspace;

import io.terrarium.core.access.Principal;
import java.util.List;

/// Things of one kind that have tags.
///
/// @param <I> their ids
public interface TagHolders<I> {
  /// The tags that one has itself.
  List<Tag.Bound> list(Principal caller, I id);

  /// Binds more tags, or other values of those there are; all that it has then.
  List<Tag.Bound> add(Principal caller, I id, List<Tag> tags);

  /// As [#add], and those that are not named go.
  List<Tag.Bound> replace(Principal caller, I id, List<Tag> tags);
}
