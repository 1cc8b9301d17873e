package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.terrarium.BackupToken;
import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.io.OutputStream;

/// One large object through archivist and back: the slug of a configuration, whose bytes are never
/// looked at.
final class Blobs {
  private static final int PIECE_BYTES = 1 << 20;
  private static final double MB = 1e6;

  private Blobs() {}

  static void measure(Stage stage) {
    Site site = stage.site();
    site.organization("blobs");
    JsonNode version = site.configurationVersion(site.workspace("blobs", "large"));
    long size = stage.sizes().objectBytes();
    watched(
        stage,
        Figure.ARCHIVIST_GROWTH_MB,
        () -> {
          stage.put(Figure.ARCHIVIST_UP_MB_PER_S, up(site, version, size));
          stage.put(Figure.ARCHIVIST_DOWN_MB_PER_S, down(site, version, size));
        });
    String token = BackupToken.read(stage.mesh().data());
    watched(
        stage,
        Figure.BACKUP_GROWTH_MB,
        () -> stage.put(Figure.BACKUP_MB_PER_S, backUp(site, token, size)));
  }

  /// Does `work`, and puts how much the memory of the mesh grows meanwhile.
  private static void watched(Stage stage, Figure growth, Runnable work) {
    MemoryWatch.during(stage.bench(), stage::memoryMb, work)
        .growthMb()
        .ifPresent(most -> stage.put(growth, most));
  }

  private static double up(Site site, JsonNode version, long size) {
    byte[] piece = new byte[PIECE_BYTES];
    for (int i = 0; i < piece.length; i++) {
      piece[i] = (byte) (i * 31 + i / 251);
    }
    long begin = System.nanoTime();
    site.put(
        Site.uploadPath(version),
        size,
        out -> {
          for (long left = size; left > 0; left -= piece.length) {
            out.write(piece, 0, (int) Math.min(left, piece.length));
          }
        });
    return perSecond(size, begin);
  }

  private static double down(Site site, JsonNode version, long size) {
    String path = "/api/v2/configuration-versions/" + version.path("id").asText() + "/download";
    String place = Site.path(site.wire().send(site.get(path)).location());
    Counter counter = new Counter();
    long begin = System.nanoTime();
    Wire.Answer answer = site.wire().download(site.anonymous(place), counter);
    double perSecond = perSecond(size, begin);
    if (answer.status() != 200 || counter.bytes != size) {
      throw new MeshFault(
          "an object of %d bytes comes back as %d with %d bytes"
              .formatted(size, answer.status(), counter.bytes));
    }
    return perSecond;
  }

  private static double backUp(Site site, String token, long size) {
    Counter counter = new Counter();
    long begin = System.nanoTime();
    Wire.Answer answer = site.backUp(token, counter);
    double perSecond = perSecond(counter.bytes, begin);
    if (answer.status() != 200 || counter.bytes < size) {
      throw new MeshFault(
          "a backup with an object of %d bytes comes as %d with %d bytes"
              .formatted(size, answer.status(), counter.bytes));
    }
    return perSecond;
  }

  private static double perSecond(long bytes, long begin) {
    return bytes / MB / ((System.nanoTime() - begin) / 1e9);
  }

  /// Where bytes end that are only counted.
  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int one) throws IOException {
      bytes++;
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      bytes += length;
    }
  }
}
