package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.lab.LabAction;
import io.terrarium.contracts.lab.LabRepository;
import io.terrarium.contracts.lab.LabState;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Asks the control of the lab, which is where `up` runs.
public final class LabClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  private final ServiceClient control;

  public LabClient(URI control, Secret token) {
    this.control = new ServiceClient(control, Optional.of(token), TIMEOUT);
  }

  LabState state() {
    return control
        .get(LabState.PATH, Map.of(), LabState.class)
        .orElseThrow(() -> new Fault.Unavailable("The lab's control is gone.", null));
  }

  /// @throws Fault.Conflict when that is not possible now
  /// @throws Fault.NotFound when there is no such part
  void take(String part, LabAction action) {
    try {
      control.post(LabState.PATH + "/parts/" + part + "/" + action.wire(), Map.of(), Map.of());
    } catch (ServiceFault fault) {
      switch (fault.status()) {
        case 404 -> throw new Fault.NotFound();
        case 409 -> throw new Fault.Conflict(fault.detail());
        default -> throw fault;
      }
    }
  }

  /// Pushes a commit of these files.
  LabRepository.Access commit(LabRepository repository) {
    return control.post(LabRepository.PATH, repository, Map.of(), LabRepository.Access.class);
  }

  /// Lets the host sign with another secret than the one that was agreed upon.
  void forge(String repository) {
    control.post(
        LabRepository.PATH + "/forge", new LabRepository(repository, Map.of(), ""), Map.of());
  }

  @Override
  public void close() {
    control.close();
  }
}
