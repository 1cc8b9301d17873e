package io.terrarium.gitserver.happening;

import io.terrarium.gitserver.delivery.Courier;
import io.terrarium.gitserver.delivery.Delivery;
import io.terrarium.gitserver.delivery.Outbox;
import io.terrarium.gitserver.happening.Happening.Move;
import io.terrarium.gitserver.happening.Happening.PullChanged;
import io.terrarium.gitserver.happening.Happening.Pushed;
import io.terrarium.gitserver.happening.PushEvents.Place;
import io.terrarium.gitserver.hook.Hook;
import io.terrarium.gitserver.hook.Hooks;
import io.terrarium.gitserver.pull.Pulls;
import io.terrarium.gitserver.repository.Addresses;
import io.terrarium.gitserver.repository.History;
import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.KeptFile;
import io.terrarium.gitserver.repository.PersonDocument;
import io.terrarium.gitserver.repository.Repositories;
import io.terrarium.gitserver.repository.RepositoryDocument;
import io.terrarium.kernel.crypto.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/// Has webhooks told of everything that happens, whenever the process dies.
///
/// What is about to happen is written down first ([#announce]), then done. [#settle] looks what was
/// really done, lays a delivery for each webhook into the outbox, and only then forgets what was
/// written down. A process that dies before has settled nothing, and settles it when it starts
/// again; one that dies within does it once more, with the same names and ids of deliveries, by
/// which files take the place of those that were there and receivers know what they have had. From
/// the outbox a delivery goes only when it was answered.
public final class Happenings {
  private static final String DIRECTORY = "happenings";
  private static final String ENDING = ".json";

  private final Addresses addresses;
  private final Courier courier;
  private final Clock clock;
  private final PushEvents pushes;
  private final PullEvents pulls;

  public Happenings(Addresses addresses, Courier courier, Clock clock) {
    this.addresses = addresses;
    this.courier = courier;
    this.clock = clock;
    pushes = new PushEvents(addresses);
    pulls = new PullEvents(addresses, clock);
  }

  /// Settles what a process before this one has left, and sees to what lies in the outboxes.
  public void recover(Repositories repositories) {
    for (HostedRepository repository : repositories.all()) {
      try (HostedRepository.Turn _ = repository.turn()) {
        settle(repository);
      }
    }
  }

  /// Writes down what the caller, whose turn it is, does next. What was written down before and not
  /// settled comes first, as long as nothing has moved on.
  ///
  /// @return its name
  public String announce(HostedRepository repository, Happening happening) {
    settle(repository);
    String name = "%013d-%s".formatted(clock.millis(), Tokens.hex(4));
    KeptFile.write(file(repository, name), happening);
    return name;
  }

  /// Says anew what was announced under `name`, once more is known of it.
  public void amend(HostedRepository repository, String name, Happening happening) {
    KeptFile.write(file(repository, name), happening);
  }

  private static Path file(HostedRepository repository, String name) {
    return repository.kept(DIRECTORY).resolve(name + ENDING);
  }

  /// Tells of what was announced and done; the caller has the turn.
  public void settle(HostedRepository repository) {
    for (Path file : KeptFile.in(repository.kept(DIRECTORY))) {
      String name = file.getFileName().toString().replace(ENDING, "");
      KeptFile.read(file, Happening.class)
          .ifPresent(happening -> send(repository, name, told(repository, name, happening)));
      KeptFile.delete(file);
    }
    courier.wake(repository);
  }

  private void send(HostedRepository repository, String name, List<Told> told) {
    Outbox outbox = new Outbox(repository);
    List<Hook> hooks = Hooks.of(repository);
    for (int index = 0; index < told.size(); index++) {
      Told one = told.get(index);
      String order = "%s-%05d".formatted(name, index);
      for (Hook hook : hooks.stream().filter(hook -> hook.wants(one.detail())).toList()) {
        String id = repository.name().full() + " " + order + " " + hook.id();
        outbox.put(
            order,
            new Delivery(
                UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString(),
                hook.id(),
                one.event(),
                one.detail(),
                one.json()));
      }
    }
  }

  private List<Told> told(HostedRepository repository, String name, Happening happening) {
    try (History history = History.of(repository)) {
      return switch (happening) {
        case Pushed push -> pushed(repository, name, push, history);
        case PullChanged change ->
            pulls.of(change, new Pulls(repository), place(repository, change)).stream().toList();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Told> pushed(HostedRepository repository, String name, Pushed push, History history)
      throws IOException {
    List<Move> done = new ArrayList<>();
    for (Move move : push.moves()) {
      if (isDone(move, history.repository())) {
        done.add(move);
      }
    }
    chooseDefaultBranch(history.repository(), done);
    Place place = place(repository, push);
    List<Told> told = new ArrayList<>();
    for (Move move : done) {
      pushes.of(move, history, place).ifPresent(told::add);
    }
    told.addAll(pulls.after(name, done, history, new Pulls(repository), place));
    return told;
  }

  private Place place(HostedRepository repository, Happening happening) {
    return new Place(
        repository.name(),
        RepositoryDocument.of(repository, addresses),
        PersonDocument.of(happening.sender()));
  }

  /// One that stands where it stood was refused, or never begun. One that stands elsewhere was
  /// moved on by somebody who does not push here, after this: better told of than lost.
  private static boolean isDone(Move move, Repository repository) throws IOException {
    Ref ref = repository.exactRef(move.ref());
    String now =
        ref == null || ref.getObjectId() == null ? PushEvents.NOTHING : ref.getObjectId().name();
    return now.equals(move.after()) || !now.equals(move.before());
  }

  /// A repository that has just got its first branches.
  private static void chooseDefaultBranch(Repository repository, List<Move> moves)
      throws IOException {
    String head = Constants.R_HEADS + HostedRepository.defaultBranch(repository);
    if (repository.exactRef(head) != null) {
      return;
    }
    Optional<Move> first =
        moves.stream()
            .filter(move -> move.ref().startsWith(Constants.R_HEADS))
            .filter(move -> !move.after().equals(PushEvents.NOTHING))
            .min(Comparator.comparing(move -> !move.ref().equals(Constants.R_HEADS + "master")));
    if (first.isPresent()) {
      repository.updateRef(Constants.HEAD).link(first.get().ref());
    }
  }
}
