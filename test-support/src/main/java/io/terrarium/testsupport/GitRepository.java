package io.terrarium.testsupport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A bare Git repository that a test fills, with the real `git`: ordinary commits, and objects that
/// no honest program would write.
public final class GitRepository {
  /// Of all commits, the first of which is as old as this; each is a second younger than the last.
  public static final long FIRST_COMMIT_SECONDS = 1_700_000_000;

  private static final String AUTHOR = "Ada Lovelace <ada@example.com>";
  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
          Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
          Map.entry("GIT_AUTHOR_NAME", "Ada Lovelace"),
          Map.entry("GIT_AUTHOR_EMAIL", "ada@example.com"),
          Map.entry("GIT_COMMITTER_NAME", "Ada Lovelace"),
          Map.entry("GIT_COMMITTER_EMAIL", "ada@example.com"),
          Map.entry("GIT_AUTHOR_DATE", FIRST_COMMIT_SECONDS + " +0000"),
          Map.entry("GIT_COMMITTER_DATE", FIRST_COMMIT_SECONDS + " +0000"));

  private final Path directory;
  private long seconds = FIRST_COMMIT_SECONDS;

  private GitRepository(Path directory) {
    this.directory = directory;
  }

  /// A new and empty one, whose default branch is `main`.
  public static GitRepository create(Path directory) {
    GitRepository repository = new GitRepository(directory);
    run(Path.of("."), new byte[0], "init", "-q", "--bare", "-b", "main", "" + directory);
    // Whoever serves it may give out any commit of it, unless a test says otherwise.
    repository.git("config", "uploadpack.allowFilter", "true");
    return repository;
  }

  public Path directory() {
    return directory;
  }

  /// Runs `git` in the repository; what it prints, without the last line's end.
  public String git(String... arguments) {
    return git(new byte[0], arguments);
  }

  /// The same, with something to read.
  public String git(byte[] input, String... arguments) {
    return new String(run(directory, input, arguments), StandardCharsets.UTF_8).strip();
  }

  /// A commit to come, on top of what the branch has.
  public Commit commit(String branch, String message) {
    return new Commit(branch, message);
  }

  /// Stores a file's contents; its name in Git.
  public String blob(byte[] contents) {
    return git(contents, "hash-object", "-w", "--stdin");
  }

  public String blob(String contents) {
    return blob(contents.getBytes(StandardCharsets.UTF_8));
  }

  /// One line of a directory, whatever it may be called.
  ///
  /// @param mode such as `100644`, or `40000` for a directory
  public record Entry(String mode, byte[] name, String id) {
    public static Entry of(String mode, String name, String id) {
      return new Entry(mode, name.getBytes(StandardCharsets.UTF_8), id);
    }
  }

  /// Stores a directory exactly as it is given, which `git` itself might refuse.
  public String tree(Entry... entries) {
    ByteArrayOutputStream tree = new ByteArrayOutputStream();
    for (Entry entry : entries) {
      tree.writeBytes((entry.mode + " ").getBytes(StandardCharsets.US_ASCII));
      tree.writeBytes(entry.name);
      tree.write(0);
      tree.writeBytes(java.util.HexFormat.of().parseHex(entry.id));
    }
    return git(tree.toByteArray(), "hash-object", "-t", "tree", "-w", "--literally", "--stdin");
  }

  /// Makes a commit of a stored directory, and has `branch` lead to it.
  public String commitTree(String branch, String tree) {
    String commit = git("commit-tree", "-m", "made by hand", tree);
    git("update-ref", "refs/heads/" + branch, commit);
    return commit;
  }

  private static byte[] run(Path where, byte[] input, String... arguments) {
    List<String> line = new ArrayList<>(List.of("git"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(where.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(ENVIRONMENT);
    try {
      Process process = builder.start();
      Thread writer = Thread.ofVirtual().start(() -> write(process, input));
      byte[] printed;
      try (InputStream out = process.getInputStream()) {
        printed = out.readAllBytes();
      }
      writer.join();
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", line) + " failed");
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static void write(Process process, byte[] input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What a commit changes; stored all at once by [#done].
  public final class Commit {
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final String branch;

    private Commit(String branch, String message) {
      this.branch = branch;
      say("commit refs/heads/" + branch + "\n");
      String when = " " + seconds++ + " +0000\n";
      say("author " + AUTHOR + when);
      say("committer " + AUTHOR + when);
      data(message.getBytes(StandardCharsets.UTF_8));
      if (!git("for-each-ref", "refs/heads/" + branch).isEmpty()) {
        say("from refs/heads/" + branch + "^0\n");
      }
    }

    public Commit file(String path, String contents) {
      return file(path, contents.getBytes(StandardCharsets.UTF_8));
    }

    public Commit file(String path, byte[] contents) {
      return with("100644", path, contents);
    }

    public Commit executable(String path, String contents) {
      return with("100755", path, contents.getBytes(StandardCharsets.UTF_8));
    }

    public Commit link(String path, String target) {
      return with("120000", path, target.getBytes(StandardCharsets.UTF_8));
    }

    public Commit submodule(String path, String commit) {
      say("M 160000 " + commit + " " + quoted(path) + "\n");
      return this;
    }

    public Commit without(String path) {
      say("D " + quoted(path) + "\n");
      return this;
    }

    /// Its name.
    public String done() {
      git(stream.toByteArray(), "fast-import", "--quiet");
      return git("rev-parse", "refs/heads/" + branch);
    }

    private Commit with(String mode, String path, byte[] contents) {
      say("M " + mode + " inline " + quoted(path) + "\n");
      data(contents);
      return this;
    }

    private static String quoted(String path) {
      return '"' + path.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private void data(byte[] bytes) {
      say("data " + bytes.length + "\n");
      stream.writeBytes(bytes);
      say("\n");
    }

    private void say(String text) {
      stream.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
