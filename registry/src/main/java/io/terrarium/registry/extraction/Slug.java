package io.terrarium.registry.extraction;

import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.contracts.registry.ModuleContent.ModuleCall;
import io.terrarium.contracts.registry.ModuleContent.ProviderDependency;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.jspecify.annotations.Nullable;

/// Reads the modules of a slug while it comes in: the root, and each directory in `modules/` that
/// has files of the language. No more is held than those files and the READMEs.
final class Slug {
  private static final String MODULES = "modules";
  private static final String README = "README.md";

  /// What a text costs besides what stands in it.
  private static final int NEED_CHARACTERS = 16;

  private final SlugLimits limits;
  private final Map<String, Found> directories = new TreeMap<>();
  private int configurationBytes;
  private int readmeBytes;
  private int declarations;
  private int needsCharacters;

  private Slug(SlugLimits limits) {
    this.limits = limits;
  }

  /// What was found of one directory.
  private static final class Found {
    private final Map<String, byte[]> files = new TreeMap<>();
    private int bytes;
    private @Nullable String readme;
    private boolean isReadmeExact;
  }

  /// The root and its submodules, in the order of their paths.
  ///
  /// @throws SlugFault when there is no module in it that can be read
  /// @throws UncheckedIOException when its bytes do not come, which says nothing of them
  static List<ModuleContent> read(InputStream packed, SlugLimits limits) {
    Slug slug = new Slug(limits);
    slug.unpack(packed);
    return slug.modules();
  }

  private void unpack(InputStream packed) {
    try (Entries entries = Entries.of(packed, limits)) {
      Optional<TarArchiveEntry> entry = entries.next();
      for (; entry.isPresent(); entry = entries.next()) {
        if (entry.get().isFile()) {
          take(plain(entry.get().getName()), entry.get().getSize(), entries.content());
        }
      }
      if (entries.count() == 0) {
        throw new SlugFault("The archive is empty, or no tar archive.");
      }
    } catch (IOException e) {
      // Whatever reading them may say of the bytes, they have come as they are stored.
      throw new SlugFault("The archive is no whole tar archive in gzip: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw new SlugFault("The archive has a broken header: " + e.getMessage());
    }
  }

  private void take(String path, long bytes, InputStream content) throws IOException {
    int slash = path.lastIndexOf('/');
    String directory = slash < 0 ? "" : path.substring(0, slash);
    String name = path.substring(slash + 1);
    if (!isModule(directory)) {
      return;
    }
    Names.requireUsable(path);
    if (ConfigurationFile.isOne(name)) {
      if (bytes > limits.configurationBytes() - configurationBytes) {
        throw new SlugFault(
            "The files of the configuration have more than %d bytes together."
                .formatted(limits.configurationBytes()));
      }
      Found found = found(directory);
      if (bytes > limits.moduleBytes() - found.bytes) {
        throw new SlugFault(
            "The configuration of %s has more than %d bytes."
                .formatted(
                    directory.isEmpty() ? "the root module" : directory, limits.moduleBytes()));
      }
      configurationBytes += (int) bytes;
      found.bytes += (int) bytes;
      found.files.put(name, content.readNBytes((int) bytes));
    } else if (name.equalsIgnoreCase(README)) {
      readme(found(directory), name.equals(README), content);
    }
  }

  private static boolean isModule(String directory) {
    return directory.isEmpty()
        || (directory.startsWith(MODULES + "/")
            && directory.indexOf('/', MODULES.length() + 1) < 0);
  }

  private Found found(String directory) {
    Found found = directories.computeIfAbsent(directory, _ -> new Found());
    if (directories.size() > limits.modules()) {
      throw new SlugFault("The archive has more than %d modules.".formatted(limits.modules()));
    }
    return found;
  }

  /// Of several, the one that is written as it should be counts; all that are read count together.
  private void readme(Found found, boolean isExact, InputStream content) throws IOException {
    if (found.readme == null || (isExact && !found.isReadmeExact)) {
      int room = Math.min(limits.readmeBytes(), limits.readmesBytes() - readmeBytes);
      byte[] bytes = content.readNBytes(room);
      readmeBytes += bytes.length;
      found.readme = text(bytes);
      found.isReadmeExact = isExact;
    }
  }

  /// Cut, if it is, between two characters; PostgreSQL keeps no NUL.
  private static String text(byte[] bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(bytes), text, false);
    String markdown = text.flip().toString().replace('\0', '\uFFFD');
    return markdown.startsWith("\uFEFF") ? markdown.substring(1) : markdown;
  }

  private List<ModuleContent> modules() {
    Found root = directories.get("");
    if (root == null || root.files.isEmpty()) {
      throw new SlugFault("There is no .tf file in the root of the archive, so it is no module.");
    }
    List<ModuleContent> modules = new ArrayList<>();
    directories.forEach((path, found) -> {
      if (!found.files.isEmpty()) {
        modules.add(counted(module(path, found)));
      }
    });
    return List.copyOf(modules);
  }

  private ModuleContent counted(ModuleContent module) {
    declarations +=
        module.inputs().size()
            + module.outputs().size()
            + module.resources().size()
            + module.providerDependencies().size()
            + module.moduleCalls().size();
    if (declarations > limits.declarations()) {
      throw new SlugFault(
          "The modules of the archive declare more than %d variables, outputs, resources, modules and providers."
              .formatted(limits.declarations()));
    }
    for (ProviderDependency need : module.providerDependencies()) {
      count(need.name(), need.source(), need.version());
    }
    for (ModuleCall call : module.moduleCalls()) {
      count(call.name(), call.source(), call.version());
    }
    return module;
  }

  private void count(@Nullable String... texts) {
    for (String text : texts) {
      needsCharacters += NEED_CHARACTERS + (text == null ? 0 : text.length());
    }
    if (needsCharacters > limits.needsCharacters()) {
      throw new SlugFault(
          "What the modules of the archive call and need takes more than %d characters."
              .formatted(limits.needsCharacters()));
    }
  }

  /// Override files come behind all others.
  private static ModuleContent module(String path, Found found) {
    List<ConfigurationFile> files =
        found.files.entrySet().stream()
            .map(file ->
                ConfigurationFile.read(
                    path.isEmpty() ? file.getKey() : path + "/" + file.getKey(), file.getValue()))
            .sorted(Comparator.comparing(ConfigurationFile::isOverride))
            .toList();
    return ModuleReader.read(path, found.readme, files);
  }

  /// A path without what leads nowhere.
  private static String plain(String path) {
    return Arrays.stream(path.split("/"))
        .filter(part -> !part.isEmpty() && !part.equals("."))
        .collect(Collectors.joining("/"));
  }
}
