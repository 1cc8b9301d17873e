package io.terrarium.gitserver.hook;

import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.KeptFile;
import io.terrarium.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/// The webhooks of repositories, kept beside each.
public final class Hooks {
  private static final String FILE = "hooks.json";
  private static final int HOOKS_MAX = 50;

  private Hooks() {}

  /// @param last number that was given; none is ever given twice, or what waits for a hook that is
  ///   gone could reach another
  record Book(long last, List<Hook> hooks) {
    Book {
      hooks = List.copyOf(hooks);
    }
  }

  public static List<Hook> of(HostedRepository repository) {
    return book(repository).hooks();
  }

  public static Optional<Hook> find(HostedRepository repository, long id) {
    return of(repository).stream().filter(hook -> hook.id() == id).findFirst();
  }

  private static Book book(HostedRepository repository) {
    return KeptFile.read(repository.kept(FILE), Book.class).orElseGet(() -> new Book(0, List.of()));
  }

  private static void keep(HostedRepository repository, Book book) {
    KeptFile.write(repository.kept(FILE), book);
  }

  /// @param make given the number of the new one
  static Hook add(HostedRepository repository, LongFunction<Hook> make) {
    return repository.inTurn(() -> {
      Book book = book(repository);
      if (book.hooks().size() == HOOKS_MAX) {
        throw new Fault.Conflict(
            "A repository has at most " + HOOKS_MAX + " webhooks; delete one that nobody needs.");
      }
      Hook added = make.apply(book.last() + 1);
      List<Hook> all = new ArrayList<>(book.hooks());
      all.add(added);
      keep(repository, new Book(added.id(), all));
      return added;
    });
  }

  /// Empty when it is not there.
  static Optional<Hook> change(HostedRepository repository, long id, UnaryOperator<Hook> change) {
    return repository.inTurn(() -> {
      Book book = book(repository);
      List<Hook> all =
          book.hooks().stream().map(hook -> hook.id() == id ? change.apply(hook) : hook).toList();
      keep(repository, new Book(book.last(), all));
      return all.stream().filter(hook -> hook.id() == id).findFirst();
    });
  }

  /// Whether it was there.
  static boolean remove(HostedRepository repository, long id) {
    return repository.inTurn(() -> {
      Book book = book(repository);
      List<Hook> left = book.hooks().stream().filter(hook -> hook.id() != id).toList();
      keep(repository, new Book(book.last(), left));
      return left.size() < book.hooks().size();
    });
  }
}
