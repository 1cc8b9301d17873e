package io.terrarium.gitserver.delivery;

import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.KeptFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The deliveries of a repository that are still to be made, a file each. A file is there before
/// the change that it tells of counts as told, and goes when its receiver has answered; so a
/// process that dies in between makes the call again, under the same id.
public record Outbox(HostedRepository repository) {
  private static final String DIRECTORY = "outbox";

  /// Where a delivery waits. Names of one webhook are in the order of what has happened.
  record Waiting(Path file, Delivery delivery) {}

  /// Keeps `delivery`, or finds it kept already.
  ///
  /// @param order as a text: later ones are greater
  public void put(String order, Delivery delivery) {
    KeptFile.write(repository.kept(DIRECTORY).resolve(order + ending(delivery.hook())), delivery);
  }

  private static String ending(long hook) {
    return "." + hook + ".json";
  }

  private List<Path> files() {
    return KeptFile.in(repository.kept(DIRECTORY));
  }

  public int size() {
    return files().size();
  }

  /// The webhooks that something waits for.
  Set<Long> hooks() {
    return files().stream()
        .map(file -> file.getFileName().toString().split("\\.", -1))
        .filter(parts -> parts.length == 3)
        .map(parts -> Long.parseLong(parts[1]))
        .collect(Collectors.toSet());
  }

  /// What comes next for a webhook.
  Optional<Waiting> next(long hook) {
    return files().stream()
        .filter(file -> file.toString().endsWith(ending(hook)))
        .findFirst()
        .flatMap(file ->
            KeptFile.read(file, Delivery.class).map(delivery -> new Waiting(file, delivery)));
  }
}
