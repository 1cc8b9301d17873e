package io.terrarium.gitserver.repository;

import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The page of a list that is asked for, in the way of Gitea: `page` from 1, `limit`, and a `Link`
/// where there is more.
public record ListPage(String path, long page, int limit) {
  private static final int LIMIT = 30;
  private static final int LIMIT_MAX = 50;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

  public static ListPage of(Call call) {
    long page = asked(call, "page").orElse(1L);
    long limit = asked(call, "limit").orElse((long) LIMIT);
    return new ListPage(call.path(), page, (int) Math.min(limit, LIMIT_MAX));
  }

  private static Optional<Long> asked(Call call, String name) {
    return call.query(name).flatMap(ListPage::number).filter(number -> number > 0);
  }

  /// Empty where it is none that could be a number here.
  public static Optional<Long> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(Long.parseLong(text)) : Optional.empty();
  }

  public Reply of(List<?> all) {
    return of(all, one -> one);
  }

  /// @param document what is shown of those that are on the page
  public <T> Reply of(List<T> all, Function<? super T, ?> document) {
    List<?> shown = all.stream().skip((page - 1) * limit).limit(limit).map(document).toList();
    Reply reply = Reply.json(200, shown).with("X-Total-Count", Integer.toString(all.size()));
    return page * limit < all.size()
        ? reply.with(
            "Link", "<" + path + "?limit=" + limit + "&page=" + (page + 1) + ">; rel=\"next\"")
        : reply;
  }
}
