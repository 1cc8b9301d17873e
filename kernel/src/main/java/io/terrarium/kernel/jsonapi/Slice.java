package io.terrarium.kernel.jsonapi;

import java.util.List;

/// One page of a list whose length nobody has counted.
///
/// @param hasNext whether another page follows
public record Slice<T>(List<T> items, Page page, boolean hasNext) {
  /// @param found the items of the page, and one more when another follows
  public static <T> Slice<T> of(List<T> found, Page page) {
    boolean hasNext = found.size() > page.size();
    return new Slice<>(hasNext ? found.subList(0, page.size()) : found, page, hasNext);
  }

  /// What was made of its items.
  public <R> Slice<R> withItems(List<R> made) {
    return new Slice<>(made, page, hasNext);
  }
}
