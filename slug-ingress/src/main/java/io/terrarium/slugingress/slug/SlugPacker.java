package io.terrarium.slugingress.slug;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.git.FetchedCommit;
import io.terrarium.slugingress.git.FetchedCommit.Entry;
import io.terrarium.slugingress.git.FetchedCommit.Kind;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import io.terrarium.slugingress.limit.IngressLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;

/// Packs a commit's files as go-slug packs those of a directory: in the order of their names, modes
/// kept, links as they are.
public final class SlugPacker {
  private static final int DEPTH_MAX = 100;
  private static final int PATH_BYTES_MAX = 4_096;
  private static final int LINK_BYTES_MAX = 4_095;
  private static final int RULES_BYTES_MAX = 1_000_000;

  private final Modules modules;
  private final Allowance allowance;
  private final IgnoreRules rules;
  private final Links links;
  private final SlugFile slug;
  private int entries;
  private int files;
  private long treeBytes;

  /// Where the contents of submodules come from.
  @FunctionalInterface
  public interface Modules {
    /// Hands the commit that a submodule stands for to `inside`, or nothing where submodules are
    /// not asked for.
    void open(FetchedCommit parent, String path, ObjectId commit, Inside inside) throws IOException;
  }

  /// What is done with the contents of a submodule.
  @FunctionalInterface
  public interface Inside {
    void pack(FetchedCommit submodule) throws IOException;
  }

  private SlugPacker(
      FetchedCommit commit, ObjectId top, Modules modules, Allowance allowance, SlugFile slug) {
    this.modules = modules;
    this.allowance = allowance;
    this.slug = slug;
    this.links = new Links(allowance);
    this.rules = IgnoreRules.of(commit.readIn(top, IgnoreRules.FILE, RULES_BYTES_MAX));
  }

  /// Writes the slug of a directory of `commit` to `file`; "" for all of it.
  ///
  /// @return how many files and links are in it
  public static int pack(
      FetchedCommit commit, String directory, Modules modules, Allowance allowance, Path file) {
    ObjectId top = commit.directory(directory);
    try (SlugFile slug = SlugFile.create(file, commit.committedAt(), allowance)) {
      SlugPacker packer = new SlugPacker(commit, top, modules, allowance, slug);
      String inModule = directory.isEmpty() ? "" : directory + "/";
      packer.directory(commit, top, new Place("", inModule, 0));
      packer.links.requireInside();
      return packer.files;
    } catch (IOException e) {
      throw commit.unreadable(e);
    }
  }

  /// A directory on the way down.
  ///
  /// @param path in the slug, "" or with a slash at its end
  /// @param inModule the same, as the submodule it is in has it
  private record Place(String path, String inModule, int depth) {
    Place below(String name) {
      return new Place(path + name + "/", inModule + name + "/", depth + 1);
    }

    Place module(String name) {
      return new Place(path + name + "/", "", depth + 1);
    }
  }

  private void directory(FetchedCommit from, ObjectId id, Place place) throws IOException {
    if (place.depth > DEPTH_MAX) {
      throw Names.unusable(place.path, "", "lies in more than " + DEPTH_MAX + " directories");
    }
    List<Entry> all = from.list(id);
    for (int at = 0; at < all.size(); at++) {
      allowance.check();
      Entry entry = all.get(at);
      String name = Names.checked(entry.name(), place.path);
      if (at > 0 && Arrays.equals(entry.name(), all.get(at - 1).name())) {
        throw Names.unusable(place.path, name, "is there twice");
      }
      if (++entries > allowance.limits().entries()) {
        throw FetchedCommit.tooMany(allowance);
      }
      consider(from, entry, name, place);
    }
  }

  /// As go-slug does: a directory that a rule names without a slash has no entry, but what is in it
  /// is looked at.
  private void consider(FetchedCommit from, Entry entry, String name, Place place)
      throws IOException {
    String path = place.path + name;
    boolean isDirectory = entry.kind() == Kind.DIRECTORY || entry.kind() == Kind.SUBMODULE;
    boolean isLeftOut = rules.of(path).isLeftOut();
    if (!isDirectory) {
      if (!isLeftOut) {
        write(from, entry, path);
      }
      return;
    }
    if (!isLeftOut) {
      IgnoreRules.Verdict inside = rules.of(path + "/");
      if (inside.isLeftOut() && inside.isFinal()) {
        return;
      }
      isLeftOut = inside.isLeftOut();
    }
    if (!isLeftOut) {
      slug.directory(checkedLength(path));
    }
    if (entry.kind() == Kind.DIRECTORY) {
      directory(from, entry.id(), place.below(name));
    } else {
      modules.open(
          from,
          place.inModule + name,
          entry.id(),
          submodule -> directory(submodule, submodule.root(), place.module(name)));
    }
  }

  private void write(FetchedCommit from, Entry entry, String path) throws IOException {
    checkedLength(path);
    files++;
    if (entry.kind() == Kind.LINK) {
      String target = target(from, entry, path);
      links.add(path, target);
      slug.link(path, target);
      return;
    }
    ObjectLoader content = from.open(entry.id());
    count(path, content.getSize());
    try (InputStream bytes = content.openStream()) {
      slug.file(path, entry.kind() == Kind.EXECUTABLE, content.getSize(), bytes);
    }
  }

  private void count(String path, long bytes) {
    IngressLimits limits = allowance.limits();
    treeBytes += bytes;
    if (bytes > limits.fileBytes()) {
      throw new IngressFault(
          Reason.TOO_LARGE,
          "The file \""
              + path
              + "\" is larger than the "
              + limits.fileBytes() / IngressLimits.MEGABYTE
              + " MB that one file may have.");
    }
    if (treeBytes > limits.treeBytes()) {
      throw new IngressFault(
          Reason.TOO_LARGE,
          "The repository's files are larger together than the "
              + limits.treeBytes() / IngressLimits.MEGABYTE
              + " MB that a slug may hold.");
    }
  }

  private static String target(FetchedCommit from, Entry entry, String path) {
    byte[] bytes =
        from.read(entry.id(), LINK_BYTES_MAX)
            .orElseThrow(
                () -> Names.unusable("", path, "is a symbolic link's whose target is too long"));
    try {
      String target = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!target.isEmpty() && target.indexOf('\0') < 0) {
        return target;
      }
    } catch (CharacterCodingException e) {
      throw Names.unusable("", path, "is a symbolic link's whose target is not UTF-8");
    }
    throw Names.unusable("", path, "is a symbolic link's that leads nowhere");
  }

  private static String checkedLength(String path) {
    if (path.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
      throw Names.unusable("", path, "is longer than " + PATH_BYTES_MAX + " bytes with its path");
    }
    return path;
  }
}
