package io.terrarium.gitserver.git;

import io.terrarium.gitserver.delivery.Outbox;
import io.terrarium.gitserver.happening.Happening.Move;
import io.terrarium.gitserver.happening.Happening.Pushed;
import io.terrarium.gitserver.happening.Happenings;
import io.terrarium.gitserver.repository.HostedRepository;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;
import org.jspecify.annotations.Nullable;

/// One push, from the moment when its objects are there. Its turn begins before the first branch is
/// moved and ends when all that it has moved is on its way to the webhooks.
final class PushTurn implements AutoCloseable {
  private static final int MOVES_MAX = 1_000;
  private static final int WAITING_MAX = 2_000;

  private final HostedRepository repository;
  private final Happenings happenings;
  private final String sender;
  private List<ReceiveCommand> commands = List.of();
  private @Nullable String announced;
  private HostedRepository.@Nullable Turn turn;

  PushTurn(HostedRepository repository, Happenings happenings, String sender) {
    this.repository = repository;
    this.happenings = happenings;
    this.sender = sender;
  }

  /// JGit calls this before it moves anything, and moves nothing that is rejected here.
  void begin(Collection<ReceiveCommand> wanted) {
    turn = repository.turn();
    commands = List.copyOf(wanted);
    Optional<String> objection = objection();
    if (objection.isPresent()) {
      commands.forEach(command -> command.setResult(Result.REJECTED_OTHER_REASON, objection.get()));
    } else {
      announced = happenings.announce(repository, pushed(commands));
    }
  }

  private Optional<String> objection() {
    if (commands.size() > MOVES_MAX) {
      return Optional.of("push at most " + MOVES_MAX + " branches and tags at once");
    }
    return new Outbox(repository).size() > WAITING_MAX
        ? Optional.of("too many deliveries wait for its webhooks; mend or delete a webhook first")
        : Optional.empty();
  }

  private Pushed pushed(List<ReceiveCommand> moved) {
    return new Pushed(
        sender,
        moved.stream()
            .map(command ->
                new Move(
                    command.getRefName(), command.getOldId().name(), command.getNewId().name()))
            .toList());
  }

  @Override
  public void close() {
    if (turn == null) {
      return;
    }
    try (HostedRepository.Turn _ = turn) {
      if (announced != null) {
        List<ReceiveCommand> done =
            commands.stream().filter(command -> command.getResult() == Result.OK).toList();
        if (done.size() < commands.size()) {
          happenings.amend(repository, announced, pushed(done));
        }
        happenings.settle(repository);
      }
    }
  }
}
