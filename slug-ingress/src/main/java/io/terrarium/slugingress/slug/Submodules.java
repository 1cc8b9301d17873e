package io.terrarium.slugingress.slug;

import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.git.FetchedCommit;
import io.terrarium.slugingress.git.GitSource;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/// The submodules of a commit, fetched as the packer comes by them, and theirs.
public final class Submodules implements SlugPacker.Modules {
  private static final String FILE = ".gitmodules";
  private static final int FILE_BYTES_MAX = 1_000_000;
  private static final int DEPTH_MAX = 5;
  private static final int COUNT_MAX = 100;

  private final Host host;
  private final Deque<Level> levels = new ArrayDeque<>();
  private int count;

  /// Fetches from wherever a submodule is.
  @FunctionalInterface
  public interface Host {
    FetchedCommit fetch(GitSource source, GitRevision revision);
  }

  /// A repository on the way down.
  ///
  /// @param urls of its submodules, by their paths
  /// @param branches by their paths, where one is named
  private record Level(
      GitSource source, String sha, Map<String, String> urls, Map<String, String> branches) {}

  /// @param source of the commit that is packed
  public Submodules(GitSource source, FetchedCommit commit, Host host) {
    this.host = host;
    levels.push(level(source, commit));
  }

  /// None of them: a submodule is an empty directory.
  public static SlugPacker.Modules none() {
    return (_, _, _, _) -> {};
  }

  @Override
  public void open(FetchedCommit parent, String path, ObjectId commit, SlugPacker.Inside inside)
      throws IOException {
    int depth = levels.size();
    Level here = Objects.requireNonNull(levels.peek());
    String url = here.urls.get(path);
    if (url == null) {
      throw failed(path, "the repository's .gitmodules does not say where it is", null);
    }
    if (++count > COUNT_MAX) {
      throw failed(path, "there are more than " + COUNT_MAX + " submodules", null);
    }
    try (FetchedCommit fetched = fetch(here, path, url, commit)) {
      inside.pack(fetched);
    } finally {
      while (levels.size() > depth) {
        levels.pop();
      }
    }
  }

  private FetchedCommit fetch(Level here, String path, String url, ObjectId commit) {
    try {
      GitSource source = here.source.submodule(url);
      if (levels.size() > DEPTH_MAX) {
        throw failed(path, "submodules are nested more than " + DEPTH_MAX + " deep", null);
      }
      if (levels.stream().anyMatch(level -> isSame(level, source, commit))) {
        throw failed(path, "it contains itself", null);
      }
      FetchedCommit fetched =
          host.fetch(source, new GitRevision(here.branches.get(path), null, commit.name()));
      levels.push(level(source, fetched));
      return fetched;
    } catch (IngressFault fault) {
      throw isLimit(fault) ? fault : failed(path, fault.words(), fault);
    }
  }

  private static boolean isSame(Level level, GitSource source, ObjectId commit) {
    return level.sha.equals(commit.name()) && level.source.text().equals(source.text());
  }

  /// Whose fault it is does not matter there.
  private static boolean isLimit(IngressFault fault) {
    return switch (fault.reason()) {
      case TOO_LARGE, TOO_MANY_FILES, TOO_SLOW, SUBMODULE_FAILED -> true;
      default -> false;
    };
  }

  private static IngressFault failed(String path, String why, @Nullable IngressFault cause) {
    String message =
        "The submodule \"" + path + "\" cannot be fetched: " + why + (why.endsWith(".") ? "" : ".");
    return cause == null
        ? new IngressFault(Reason.SUBMODULE_FAILED, message)
        : new IngressFault(Reason.SUBMODULE_FAILED, message, cause);
  }

  private static Level level(GitSource source, FetchedCommit commit) {
    Map<String, String> urls = new TreeMap<>();
    Map<String, String> branches = new TreeMap<>();
    Config config = config(commit);
    for (String name : config.getSubsections("submodule")) {
      String path = config.getString("submodule", name, "path");
      String url = config.getString("submodule", name, "url");
      String branch = config.getString("submodule", name, "branch");
      if (path != null && url != null) {
        urls.putIfAbsent(path, url);
        if (branch != null && !branch.equals(".")) {
          branches.putIfAbsent(path, branch);
        }
      }
    }
    return new Level(source, commit.sha(), urls, branches);
  }

  private static Config config(FetchedCommit commit) {
    Config config = new Config();
    String text =
        commit
            .readInRoot(FILE, FILE_BYTES_MAX)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    try {
      config.fromText(text);
    } catch (ConfigInvalidException e) {
      throw new IngressFault(
          Reason.SUBMODULE_FAILED, "The repository's .gitmodules cannot be read.", e);
    }
    return config;
  }
}
