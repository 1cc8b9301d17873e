package io.terrarium.terrarium.bench;

import java.nio.file.Path;

/// Starts on empty data, and on data that was used.
final class Boots {
  private Boots() {}

  static void measure(Stage stage) {
    Workbench bench = stage.bench();
    Series cold = new Series();
    Series warm = new Series();
    for (int i = 0; i < stage.sizes().boots(); i++) {
      Path data = bench.directory("boot");
      cold.add(boot(stage, data));
      warm.add(boot(stage, data));
      bench.delete(data);
    }
    stage.put(Figure.BOOT_COLD_MS, cold.median());
    stage.put(Figure.BOOT_WARM_MS, warm.median());
  }

  private static double boot(Stage stage, Path data) {
    try (ChildMesh mesh = ChildMesh.start(stage.bench(), data, stage.terraform())) {
      return mesh.bootMillis();
    }
  }
}
