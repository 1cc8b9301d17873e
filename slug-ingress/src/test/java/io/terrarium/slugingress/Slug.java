package io.terrarium.slugingress;

import io.terrarium.contracts.ingress.Ingested;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/// A slug as it was stored, and what was said of it.
record Slug(Ingested said, byte[] bytes) {
  /// Each entry as `mode name`, `-> target` behind links.
  List<String> entries() {
    List<String> entries = new ArrayList<>();
    each((entry, _) ->
        entries.add(
            Integer.toOctalString(entry.getMode())
                + " "
                + entry.getName()
                + (entry.isSymbolicLink() ? " -> " + entry.getLinkName() : "")));
    return entries;
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    each((entry, _) -> names.add(entry.getName()));
    return names;
  }

  String content(String name) {
    List<String> found = new ArrayList<>();
    each((entry, tar) -> {
      if (entry.getName().equals(name)) {
        found.add(new String(tar.readAllBytes(), StandardCharsets.UTF_8));
      }
    });
    return found.getFirst();
  }

  /// What is done with an entry.
  interface Reader {
    void read(TarArchiveEntry entry, TarArchiveInputStream content) throws IOException;
  }

  void each(Reader reader) {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GzipCompressorInputStream(new ByteArrayInputStream(bytes)), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        reader.read(entry, tar);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
