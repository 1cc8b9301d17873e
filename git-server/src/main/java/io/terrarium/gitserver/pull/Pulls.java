package io.terrarium.gitserver.pull;

import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.KeptFile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The pull requests of a repository, a file each beside it.
public record Pulls(HostedRepository repository) {
  /// No repository of a lab has more.
  public static final int PULLS_MAX = 1_000;

  private static final String DIRECTORY = "pulls";

  public Optional<Pull> find(long number) {
    return KeptFile.read(repository.kept(DIRECTORY).resolve(number + ".json"), Pull.class);
  }

  /// The newest first.
  public List<Pull> all() {
    return KeptFile.in(repository.kept(DIRECTORY)).stream()
        .flatMap(file -> KeptFile.read(file, Pull.class).stream())
        .sorted(Comparator.comparingLong(Pull::number).reversed())
        .toList();
  }

  public void keep(Pull pull) {
    KeptFile.write(repository.kept(DIRECTORY).resolve(pull.number() + ".json"), pull);
  }
}
