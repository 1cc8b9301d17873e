package io.terrarium.terrarium.bench;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// A large repository on its way to a configuration, in a mesh where slug-ingress is a process of
/// its own, so that its memory can be told from that of others.
final class Ingresses {
  private static final String PROGRAM = "io.terrarium.slugingress.SlugIngress";
  private static final long LOOK_MILLIS = 20;
  private static final int LOOKS_TOLD_EACH = 4;

  private Ingresses() {}

  static void measure(Stage stage) {
    Sizes.Git sizes = stage.sizes().git();
    try (GitOrigin origin = GitOrigin.start(stage.bench().directory("large.git"))) {
      stage.tell("  writing a repository of %,d files".formatted(sizes.files()));
      new GitCommits(origin.repository(), stage.clock().instant())
          .ofMany(sizes.files(), number -> contents(number, sizes.fileBytes()));
      try (ChildMesh mesh =
          ChildMesh.start(
              stage.bench(),
              stage.bench().directory("ingress"),
              stage.terraform(),
              "--separate",
              "--outbound-allow",
              "127.0.0.1/32")) {
        measure(stage, mesh, origin);
      }
    }
  }

  private static void measure(Stage stage, ChildMesh mesh, GitOrigin origin) {
    List<ProcessHandle> slugIngress = MeshProcesses.running(PROGRAM, mesh.data());
    try (Site site = Site.of(mesh)) {
      GitConnection git = new GitConnection(site, "ingress", origin);
      Series seconds = new Series();
      MemoryWatch memory =
          MemoryWatch.during(
              stage.bench(),
              () -> MeshProcesses.memoryMb(slugIngress),
              () -> seconds.add(ingest(stage, site, git)));
      stage.put(Figure.INGRESS_S, seconds.median());
      memory
          .growthMb()
          .ifPresent(growth -> {
            stage.put(Figure.INGRESS_IDLE_MB, memory.beforeMb());
            stage.put(Figure.INGRESS_GROWTH_MB, growth);
            stage.tell("  memory of slug-ingress, second by second: " + told(memory));
          });
    }
  }

  /// Until the workspace has the run that it gets with its first configuration.
  private static double ingest(Stage stage, Site site, GitConnection git) {
    long begin = System.nanoTime();
    String workspace = git.workspace("large").path("id").asText();
    String runs = "/api/v2/workspaces/" + workspace + "/runs?page%5Bsize%5D=1";
    while (site.read(runs).path("data").isEmpty()) {
      stage.bench().pause(LOOK_MILLIS);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private static String told(MemoryWatch memory) {
    StringBuilder looks = new StringBuilder();
    for (int i = 0; i < memory.seenMb().size(); i += LOOKS_TOLD_EACH) {
      looks.append(String.format(Locale.ROOT, "%.0f ", memory.seenMb().get(i)));
    }
    return looks.append("MB").toString();
  }

  /// Text that packs to about half, and is in no other file.
  private static byte[] contents(int number, int bytes) {
    byte[] random = new byte[bytes / 2];
    new SplittableRandom(number).nextBytes(random);
    return HexFormat.of().formatHex(random).getBytes(StandardCharsets.US_ASCII);
  }
}
