package io.terrarium.kernel.jsonapi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// One page of a list, and how many items there are in all.
public record Paged<T>(List<T> items, Page page, long totalCount) {
  /// Asks how many there are in all only where the page itself does not tell.
  public static <T> Paged<T> of(List<T> items, Page page, LongSupplier count) {
    boolean isLast = items.size() < page.size() && (page.offset() == 0 || !items.isEmpty());
    return new Paged<>(items, page, isLast ? page.offset() + items.size() : count.getAsLong());
  }

  /// All items of a list, page by page: for choices, of which none may be missing.
  public static <T> List<T> all(Function<Page, Paged<T>> list) {
    List<T> all = new ArrayList<>();
    Page asked = Page.FIRST;
    Paged<T> found = list.apply(asked);
    all.addAll(found.items);
    while (asked.offset() + asked.size() < found.totalCount) {
      asked = new Page(asked.number() + 1, asked.size());
      found = list.apply(asked);
      all.addAll(found.items);
    }
    return List.copyOf(all);
  }

  public <R> Paged<R> map(Function<T, R> change) {
    return withItems(items.stream().map(change).toList());
  }

  /// What was made of its items.
  public <R> Paged<R> withItems(List<R> made) {
    return new Paged<>(made, page, totalCount);
  }
}
