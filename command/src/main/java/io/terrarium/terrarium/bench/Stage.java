package io.terrarium.terrarium.bench;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the parts of the bench share: the sizes, the place, and one mesh that most of them use.
final class Stage implements AutoCloseable {
  private final Sizes sizes;
  private final Workbench bench;
  private final Path terraform;
  private final Figures figures;
  private final Consumer<String> told;
  private @Nullable ChildMesh mesh;
  private @Nullable Site site;

  Stage(Sizes sizes, Workbench bench, Path terraform, Figures figures, Consumer<String> told) {
    this.sizes = sizes;
    this.bench = bench;
    this.terraform = terraform;
    this.figures = figures;
    this.told = told;
  }

  Sizes sizes() {
    return sizes;
  }

  Workbench bench() {
    return bench;
  }

  Path terraform() {
    return terraform;
  }

  Clock clock() {
    return Clock.systemUTC();
  }

  void put(Figure figure, double value) {
    figures.put(figure, value);
  }

  void put(Page page, Page.Seen seen) {
    figures.put(page, seen);
  }

  void tell(String line) {
    told.accept(line);
  }

  /// Puts the memory of the mesh, where the system tells it.
  void putMemory(Figure figure) {
    memoryMb()
        .ifPresentOrElse(
            value -> put(figure, value),
            () -> tell("  no figure of memory: it is read from /proc, which only Linux has"));
  }

  Optional<Double> memoryMb() {
    return MeshProcesses.memoryMb(mesh().processes());
  }

  /// The mesh on a data directory of its own, started by the first who wants it.
  ChildMesh mesh() {
    if (mesh == null) {
      mesh =
          // The Git host of the bench is on this machine.
          ChildMesh.start(
              bench, bench.directory("data"), terraform, "--outbound-allow", "127.0.0.1/32");
    }
    return mesh;
  }

  Site site() {
    if (site == null) {
      site = Site.of(mesh());
    }
    return site;
  }

  @Override
  public void close() {
    if (site != null) {
      site.close();
    }
    if (mesh != null) {
      mesh.close();
    }
  }
}
