package io.terrarium.core.vcshost;

import java.util.Optional;
import java.util.function.Predicate;

/// How a host gives out a long list. Where a page is, we reckon: the token must not follow any
/// address that an answer names.
enum Paging {
  /// By numbers; a `Link` header says whether there is another page.
  NUMBERED {
    @Override
    Optional<String> next(HostApi api, String path, int page, Answer answer) {
      return answer.hasNextLink() ? Optional.of(path + (page + 1)) : Optional.empty();
    }
  },
  /// The page tells where the next one starts.
  STARTING {
    @Override
    Optional<String> next(HostApi api, String path, int page, Answer answer) {
      return answer.fields().is("isLastPage")
          ? Optional.empty()
          : answer.fields().find("nextPageStart").map(start -> path + Texts.encoded(start));
    }
  },
  /// The page tells the next one's address; one outside of the API ends the list.
  LINKED {
    @Override
    Optional<String> next(HostApi api, String path, int page, Answer answer) {
      return answer.fields().find("next").flatMap(api::path);
    }
  };

  private static final int PAGES_MAX = 60;

  /// @param path up to where the page's number or start stands
  /// @param page the one that was answered, from 1
  abstract Optional<String> next(HostApi api, String path, int page, Answer answer);

  /// Shows page after page to `visitor` as long as it wants more.
  ///
  /// @param path up to where the page's number or start stands
  /// @param first what stands there for the first one
  /// @return whether the list came to its end
  Outcome<Boolean> walk(
      HostApi api, String path, String first, Sieve wanted, Predicate<Answer> visitor) {
    String at = path + first;
    for (int page = 1; page <= PAGES_MAX; page++) {
      switch (api.get(at, wanted)) {
        case Outcome.Failed<Answer>(Trouble trouble) -> {
          return new Outcome.Failed<>(trouble);
        }
        case Outcome.Done<Answer>(Answer answer) -> {
          if (!visitor.test(answer) || !answer.isWhole()) {
            return new Outcome.Done<>(false);
          }
          Optional<String> next = next(api, path, page, answer);
          if (next.isEmpty()) {
            return new Outcome.Done<>(true);
          }
          at = next.get();
        }
      }
    }
    return new Outcome.Done<>(false);
  }
}
