package io.terrarium.terrarium;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What `tfe-admin` is to Terraform Enterprise.
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = "Looks after an installation: its health, its nodes, its keys, its backups.",
    subcommands = {
      RotatePasswordCommand.class,
      RewrapCommand.class,
      BackupTokenCommand.class,
      AdminCommand.HealthCheckCommand.class,
      AdminCommand.ListNodesCommand.class,
      AdminCommand.NodeDrainCommand.class
    })
final class AdminCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// A command that operations of this node answers.
  abstract static class OperationsCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Mixin private OperationsAccess operations = new OperationsAccess();

    /// Whether all is as it should be.
    abstract boolean ask(ApiAccess operations, PrintWriter out);

    @Override
    public final Integer call() {
      return ask(operations.open(), spec.commandLine().getOut()) ? 0 : 1;
    }
  }

  /// The layout of `tfe-admin health-check`.
  @Command(
      name = "health-check",
      mixinStandardHelpOptions = true,
      description = "Checks all services and servers; exit code 0 when all pass.")
  static final class HealthCheckCommand extends OperationsCommand {
    @Override
    boolean ask(ApiAccess operations, PrintWriter out) {
      return new HealthCheck(operations).print(out);
    }
  }

  /// The nodes that beat.
  @Command(
      name = "list-nodes",
      mixinStandardHelpOptions = true,
      description = "Lists the nodes of the installation.")
  static final class ListNodesCommand extends OperationsCommand {
    @Override
    boolean ask(ApiAccess operations, PrintWriter out) {
      new NodeList(operations).print(out);
      return true;
    }
  }

  /// Takes this node out of work.
  @Command(
      name = "node-drain",
      mixinStandardHelpOptions = true,
      description = "Has this node finish its runs and take no new ones; ends when it is idle.")
  static final class NodeDrainCommand extends OperationsCommand {
    @Override
    boolean ask(ApiAccess operations, PrintWriter out) {
      new NodeDrain(operations).run(out);
      return true;
    }
  }
}
