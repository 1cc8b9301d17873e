package io.terrarium.terrarium.bench;

import io.terrarium.kernel.settings.Env;
import io.terrarium.terrarium.MeshFault;
import io.terrarium.terrarium.TerraformBinary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Measures a mesh of its own.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures a throw-away mesh on this machine, beside bare terraform on the same"
            + " configuration. It takes about a quarter of an hour, and wants a machine with nothing"
            + " else to do; what it makes is gone when it ends.")
public final class BenchCommand implements Callable<Integer> {
  private static final int RUNS_MAX = 100_000;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object, and nothing else, to stdout.")
  private boolean json;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Measure these parts alone: ${COMPLETION-CANDIDATES}.")
  private List<Part> only = List.of(Part.values());

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "" + Sizes.USUAL_RUNS,
      description = "Runs one after another (default: ${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Where the throw-away data is put, in a directory of its own (default: where the system"
              + " keeps temporary files). It needs up to 4 GB.")
  private @Nullable Path data;

  @Option(
      names = "--terraform",
      paramLabel = "FILE",
      description = "The terraform executable that is measured (default: the first on the PATH).")
  private @Nullable Path terraform;

  @Option(
      names = "--tiny",
      description = "Small amounts, to see that it works; such figures mean nothing.")
  private boolean tiny;

  @Override
  public Integer call() {
    if (runs < 1 || runs > RUNS_MAX) {
      throw new ParameterException(
          spec.commandLine(), "--runs must be from 1 to %d.".formatted(RUNS_MAX));
    }
    TerraformBinary binary =
        TerraformBinary.firstUsable(
            terraform == null
                ? TerraformBinary.onPath(Env.system().text("PATH", ""))
                : List.of(terraform.toAbsolutePath()));
    PrintWriter progress = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    Machine machine = Machine.here(binary.version(), Clock.systemUTC().instant());
    Figures figures = new Figures(progress::println);
    try (Workbench bench = Workbench.open(data)) {
      measure(new Stage(sizes(), bench, binary.path(), figures, progress::println), bench);
      // Before the place is cleared away, which may fail.
      if (json) {
        out.println(figures.json(machine));
      } else {
        figures.print(machine, out);
      }
      out.flush();
    }
    return 0;
  }

  private Sizes sizes() {
    return tiny ? Sizes.tiny(runs) : Sizes.usual(runs);
  }

  private void measure(Stage first, Workbench bench) {
    try (Stage stage = first) {
      Set<Part> asked = EnumSet.copyOf(only);
      for (Part part : Part.values()) {
        if (asked.contains(part)) {
          stage.tell(part.toString());
          measure(part, stage);
        }
      }
    } catch (MeshFault e) {
      if (bench.isEnding()) {
        // What fails now fails because it was stopped; the process ends from its signal.
        awaitEnd();
      }
      throw e;
    }
  }

  private static void measure(Part part, Stage stage) {
    switch (part) {
      case BOOT -> Boots.measure(stage);
      case IDLE -> Idleness.measure(stage);
      case RUNS -> SingleRuns.measure(stage);
      case DISPATCH -> ManyRuns.measure(stage);
      case API -> Reads.measure(stage);
      case LIST -> LongList.measure(stage);
      case LOGS -> Logs.measure(stage);
      case ARCHIVIST -> Blobs.measure(stage);
      case PUSH -> Pushes.measure(stage);
      case WEBHOOKS -> Webhooks.measure(stage);
      case MODULES -> Modules.measure(stage);
      case INGRESS -> Ingresses.measure(stage);
      case PAGES -> Pages.measure(stage);
    }
  }

  private static void awaitEnd() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
