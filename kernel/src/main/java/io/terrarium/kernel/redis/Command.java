package io.terrarium.kernel.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One command as Redis reads it: a name and binary-safe arguments.
public final class Command {
  private final String name;
  private final List<byte[]> arguments = new ArrayList<>();

  private Command(String name) {
    this.name = name;
  }

  public static Command of(String name, String... arguments) {
    Command command = new Command(name);
    for (String argument : arguments) {
      command.and(argument);
    }
    return command;
  }

  public Command and(String argument) {
    arguments.add(argument.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public Command and(long argument) {
    return and(Long.toString(argument));
  }

  public Command and(byte[] argument) {
    arguments.add(argument.clone());
    return this;
  }

  public Command and(List<String> more) {
    more.forEach(this::and);
    return this;
  }

  String name() {
    return name;
  }

  List<byte[]> arguments() {
    return arguments;
  }
}
