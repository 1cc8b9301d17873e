package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.GitCommit;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.jspecify.annotations.Nullable;

/// A commit that has been fetched, with all that belongs to it, in a repository that is thrown away
/// with it.
public final class FetchedCommit implements AutoCloseable {
  private static final int MESSAGE_CHARACTERS_MAX = 64 * 1024;
  private static final int NAME_CHARACTERS_MAX = 1_024;

  private final FetchedRepository repository;
  private final ObjectReader reader;
  private final ObjectReader files;
  private final Allowance allowance;
  private final RevCommit commit;
  private final @Nullable String branch;

  /// One thing in a directory.
  ///
  /// @param name its bytes, of whatever encoding
  public record Entry(byte[] name, Kind kind, ObjectId id) {}

  /// What may lie in a directory.
  public enum Kind {
    DIRECTORY,
    FILE,
    EXECUTABLE,
    LINK,
    SUBMODULE
  }

  FetchedCommit(
      FetchedRepository repository, ObjectId id, @Nullable String branch, Allowance allowance)
      throws IOException {
    this.repository = repository;
    this.reader = repository.newObjectReader();
    this.files = repository.newFileReader();
    this.allowance = allowance;
    this.branch = branch;
    ObjectLoader loader = reader.open(id, Constants.OBJ_COMMIT);
    this.commit = RevCommit.parse(loader.getCachedBytes());
  }

  /// As it is told of.
  public GitCommit facts() {
    PersonIdent author = Optional.ofNullable(commit.getAuthorIdent()).orElseGet(this::nobody);
    return new GitCommit(
        commit.name(),
        branch,
        cut(commit.getFullMessage().stripTrailing(), MESSAGE_CHARACTERS_MAX),
        cut(author.getName(), NAME_CHARACTERS_MAX),
        cut(author.getEmailAddress(), NAME_CHARACTERS_MAX),
        committedAt());
  }

  private PersonIdent nobody() {
    return new PersonIdent("", "", committedAt(), java.time.ZoneOffset.UTC);
  }

  /// PostgreSQL keeps no NUL, and no text has one.
  private static String cut(String text, int charactersMax) {
    String whole = text.replace("\0", "");
    return whole.length() <= charactersMax ? whole : whole.substring(0, charactersMax) + "…";
  }

  public Instant committedAt() {
    return Instant.ofEpochSecond(commit.getCommitTime());
  }

  public String sha() {
    return commit.name();
  }

  public ObjectId root() {
    return commit.getTree().getId();
  }

  /// A directory by its path; "" for the root.
  ///
  /// @throws IngressFault when there is none
  public ObjectId directory(String path) {
    ObjectId at = root();
    for (String name : path.isEmpty() ? List.<String>of() : List.of(path.split("/", -1))) {
      at =
          find(at, name)
              .filter(entry -> entry.kind() == Kind.DIRECTORY)
              .map(Entry::id)
              .orElseThrow(() ->
                  new IngressFault(
                      Reason.DIRECTORY_NOT_FOUND,
                      "The commit %s has no directory \"%s\".".formatted(sha(), path)));
    }
    return at;
  }

  private Optional<Entry> find(ObjectId directory, String name) {
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    return list(directory).stream()
        .filter(entry -> Arrays.equals(entry.name(), wanted))
        .findFirst();
  }

  /// What lies in a directory, sorted by name as Go's `filepath.Walk` comes by it, which differs
  /// from Git's own order.
  public List<Entry> list(ObjectId directory) {
    List<Entry> entries = new ArrayList<>();
    try {
      CanonicalTreeParser tree = new CanonicalTreeParser();
      tree.reset(reader, directory);
      for (; !tree.eof(); tree.next(1)) {
        byte[] name = new byte[tree.getNameLength()];
        tree.getName(name, 0);
        entries.add(new Entry(name, kind(tree.getEntryFileMode()), tree.getEntryObjectId()));
        if (entries.size() > allowance.limits().entries()) {
          throw tooMany(allowance);
        }
      }
    } catch (IOException | ArrayIndexOutOfBoundsException e) {
      throw unreadable(e);
    }
    entries.sort(Comparator.comparing(Entry::name, Arrays::compareUnsigned));
    return entries;
  }

  public static IngressFault tooMany(Allowance allowance) {
    return new IngressFault(
        Reason.TOO_MANY_FILES,
        "The repository has more than the "
            + allowance.limits().entries()
            + " files, links and directories that a slug may have.");
  }

  private Kind kind(FileMode mode) {
    return switch (mode.getObjectType()) {
      case Constants.OBJ_TREE -> Kind.DIRECTORY;
      case Constants.OBJ_COMMIT -> Kind.SUBMODULE;
      case Constants.OBJ_BLOB -> ofBlob(mode.getBits());
      default ->
          throw repository.broken(
              "it holds an entry of an unknown kind", new IOException(mode.toString()));
    };
  }

  private static Kind ofBlob(int mode) {
    if (FileMode.SYMLINK.equals(mode)) {
      return Kind.LINK;
    }
    return FileMode.EXECUTABLE_FILE.equals(mode) ? Kind.EXECUTABLE : Kind.FILE;
  }

  /// The contents of a file.
  public ObjectLoader open(ObjectId file) {
    try {
      return files.open(file, Constants.OBJ_BLOB);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// The contents of a small file as a whole; empty when it has more than `bytesMax`.
  public Optional<byte[]> read(ObjectId file, int bytesMax) {
    ObjectLoader loader = open(file);
    if (loader.getSize() > bytesMax) {
      return Optional.empty();
    }
    try {
      return Optional.of(loader.getCachedBytes(bytesMax));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// The same as text, where it is a file of the root directory.
  public Optional<byte[]> readInRoot(String name, int bytesMax) {
    return readIn(root(), name, bytesMax);
  }

  /// And where it is one of another directory.
  public Optional<byte[]> readIn(ObjectId directory, String name, int bytesMax) {
    return find(directory, name)
        .filter(entry -> entry.kind() == Kind.FILE || entry.kind() == Kind.EXECUTABLE)
        .flatMap(entry -> read(entry.id(), bytesMax));
  }

  /// What came is not whole, or not what it says it is.
  public RuntimeException unreadable(Exception e) {
    allowance.check();
    return switch (e) {
      case MissingObjectException _ -> repository.broken("an object of it is missing", e);
      case IncorrectObjectTypeException _, CorruptObjectException _ ->
          repository.broken("an object of it is damaged", e);
      default -> repository.broken("its objects are unreadable", e);
    };
  }

  ObjectReader reader() {
    return reader;
  }

  AnyObjectId id() {
    return commit;
  }

  @Override
  public void close() {
    files.close();
    reader.close();
    repository.close();
  }
}
