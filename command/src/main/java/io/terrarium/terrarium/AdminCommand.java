package io.terrarium.terrarium;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What `tfe-admin` is to Terraform Enterprise.
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    description = "Administers an installation.",
    subcommands = {RotatePasswordCommand.class, RewrapCommand.class})
final class AdminCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
