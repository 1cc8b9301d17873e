package io.terrarium.gitserver.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/// One repository that is served, and what is kept beside it, in its directory `terrarium`.
public final class HostedRepository {
  private static final String DEFAULT_BRANCH = "main";

  private final RepositoryName name;
  private final Path directory;
  private final ReentrantLock turn;

  HostedRepository(RepositoryName name, Path directory, ReentrantLock turn) {
    this.name = name;
    this.directory = directory;
    this.turn = turn;
  }

  /// The right to change something of the repository.
  @FunctionalInterface
  public interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  public RepositoryName name() {
    return name;
  }

  /// For Git; the caller closes it.
  public Repository open() {
    try {
      return new FileRepositoryBuilder()
          .setGitDir(directory.toFile())
          .setBare()
          .setMustExist(true)
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(directory + " cannot be opened", e);
    }
  }

  /// Where something is kept beside the repository.
  public Path kept(String path) {
    return directory.resolve("terrarium").resolve(path);
  }

  /// Waits until nobody else changes the repository. This process is the only one that does, which
  /// [Repositories] sees to.
  public Turn turn() {
    turn.lock();
    return turn::unlock;
  }

  public <T> T inTurn(Supplier<T> work) {
    try (Turn _ = turn()) {
      return work.get();
    }
  }

  /// Of an open one: where HEAD points, whether that branch is there yet or not.
  public static String defaultBranch(Repository open) {
    try {
      String head = open.getFullBranch();
      return head != null && head.startsWith(Constants.R_HEADS)
          ? head.substring(Constants.R_HEADS.length())
          : DEFAULT_BRANCH;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A new one, without anything in it.
  static void create(Path directory) throws IOException {
    try (Repository fresh = FileRepositoryBuilder.create(directory.toFile())) {
      fresh.create(true);
      fresh.updateRef(Constants.HEAD).link(Constants.R_HEADS + DEFAULT_BRANCH);
    }
  }
}
