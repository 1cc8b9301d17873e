package io.terrarium.mesh;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Finds processes on the whole machine by the directories that they work on, since servers leave
/// the tree of the process that started them. It needs Linux' `/proc` to see all of them.
final class Processes {
  private static final Path PROC = Path.of("/proc");

  private Processes() {}

  /// What has one of `places` in its command line, its program or its working directory, and what
  /// was started by such a process.
  static List<ProcessHandle> on(Path... places) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> Stream.of(places).anyMatch(place -> worksOn(process, place)))
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .distinct()
        .toList();
  }

  /// What has one of `places` in its command line or works there, and `word` in its command line.
  static List<ProcessHandle> of(String word, Path... places) {
    return on(places).stream().filter(process -> commandLine(process).contains(word)).toList();
  }

  /// Those of [#on] whose program's file name begins so.
  static List<Long> runningProgram(String name, Path place) {
    return on(place).stream()
        .map(ProcessHandle::pid)
        .filter(pid -> program(pid).startsWith(name))
        .toList();
  }

  /// What watches over the terraform of a run.
  static List<Long> supervising(String run) {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> commandLine(process).contains("supervisor.sh"))
        .filter(process -> commandLine(process).contains(run))
        .map(ProcessHandle::pid)
        .toList();
  }

  /// For a person who wonders what is left.
  static String shown(List<ProcessHandle> processes) {
    StringBuilder text = new StringBuilder();
    for (ProcessHandle process : processes) {
      text.append(process.pid()).append(' ').append(commandLine(process)).append('\n');
    }
    return text.toString();
  }

  /// `kill -9`; returns once it is dead.
  static void kill(ProcessHandle process) {
    kill(List.of(process));
  }

  /// `kill -9` until none is left.
  static void kill(List<ProcessHandle> first, Path... places) {
    List<ProcessHandle> left = new ArrayList<>(first);
    Eventually.until(
        () -> "these cannot be killed:\n" + shown(left),
        () -> {
          left.addAll(on(places));
          left.removeIf(process -> !isRunning(process));
          left.forEach(ProcessHandle::destroyForcibly);
          return left.isEmpty();
        });
  }

  /// A dead process whose parent has not asked for it yet counts as alive to Java.
  private static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !commandLine(process).isEmpty();
  }

  private static boolean worksOn(ProcessHandle process, Path place) {
    String below = place + "/";
    Path proc = PROC.resolve(Long.toString(process.pid()));
    return commandLine(process).contains(place.toString())
        || (linked(proc.resolve("cwd")) + "/").startsWith(below)
        || linked(proc.resolve("exe")).startsWith(below);
  }

  /// The whole of it: what Java tells of a long one is cut short.
  private static String commandLine(ProcessHandle process) {
    try {
      byte[] line =
          Files.readAllBytes(PROC.resolve(Long.toString(process.pid())).resolve("cmdline"));
      return new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }

  private static String program(long pid) {
    return String.valueOf(
        Path.of(linked(PROC.resolve(Long.toString(pid)).resolve("exe"))).getFileName());
  }

  private static String linked(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
