package io.terrarium.buildworker.terraform;

import io.terrarium.buildworker.fault.BuildFault;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The terraform executables of this worker, each asked once for its version.
public final class TerraformBinaries {
  private static final Logger log = LoggerFactory.getLogger(TerraformBinaries.class);

  private final List<TerraformBinary> binaries;

  private TerraformBinaries(List<TerraformBinary> binaries) {
    this.binaries = List.copyOf(binaries);
  }

  /// Asks each executable; one that does not answer is left out with a warning.
  public static TerraformBinaries of(List<Path> paths) {
    List<TerraformBinary> binaries = new ArrayList<>();
    for (Path path : paths) {
      try {
        binaries.add(TerraformBinary.ask(path));
      } catch (IOException | BuildFault e) {
        log.atWarn().setCause(e).addKeyValue("path", path).log("terraform executable is unusable");
      }
    }
    binaries.sort(Comparator.comparing(TerraformBinary::version).reversed());
    return new TerraformBinaries(binaries);
  }

  /// The newest that fits.
  ///
  /// @param wanted a version, a constraint or `latest`
  /// @throws BuildFault when none does
  public TerraformBinary choose(String wanted) {
    VersionConstraint constraint = VersionConstraint.parse(wanted);
    return binaries.stream()
        .filter(binary -> constraint.accepts(binary.version()))
        .findFirst()
        .orElseThrow(() ->
            new BuildFault(
                "Terraform "
                    + wanted
                    + " is not installed on this worker. It has "
                    + shown()
                    + "."));
  }

  public List<TerraformBinary> all() {
    return binaries;
  }

  private String shown() {
    return binaries.isEmpty()
        ? "no terraform at all"
        : binaries.stream().map(one -> one.version().toString()).collect(Collectors.joining(", "));
  }
}
