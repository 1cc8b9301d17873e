package io.terrarium.kernel.jsonapi;

import java.util.List;
import java.util.function.Function;

/// One page of a list, and how many items there are in all.
public record Paged<T>(List<T> items, Page page, long totalCount) {
  public <R> Paged<R> map(Function<T, R> change) {
    return withItems(items.stream().map(change).toList());
  }

  /// What was made of its items.
  public <R> Paged<R> withItems(List<R> made) {
    return new Paged<>(made, page, totalCount);
  }
}
