package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The heap of a mesh's process, garbage included, as its metrics tell it.
final class Heap implements AutoCloseable {
  private static final Pattern USED =
      Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*\\} (\\S+)$");
  private static final double MB = 1 << 20;

  private final Wire wire;
  private final byte[] request;

  Heap(ChildMesh mesh) {
    URI atlas = URI.create("http://127.0.0.1:" + new MeshData(mesh.data()).port("atlas"));
    wire = new Wire(atlas);
    request = Wire.head(atlas, "GET", "/metrics", "", "", 0);
  }

  /// Present always, as those who watch memory want it.
  Optional<Double> usedMb() {
    Wire.Answer answer = wire.send(request);
    Matcher used = USED.matcher(answer.text());
    double bytes = 0;
    boolean isTold = false;
    while (used.find()) {
      bytes += Double.parseDouble(used.group(1));
      isTold = true;
    }
    if (!isTold) {
      throw new MeshFault("the metrics of atlas do not tell of its heap: " + answer.status());
    }
    return Optional.of(bytes / MB);
  }

  @Override
  public void close() {
    wire.close();
  }
}
