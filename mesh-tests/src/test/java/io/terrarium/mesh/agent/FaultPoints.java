package io.terrarium.mesh.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The points of this process: each one is what it does to the world outside (a commit, a message,
/// a call), for whom, and whether that is about to happen or has happened.
///
/// The test writes `arm` (id, service, point, which time, action); whoever comes there deletes it,
/// which only one can, writes `fired-<id>` and dies, or waits for `go-<id>`. While `record` is
/// there, all that passes is written down instead.
public final class FaultPoints {
  private static final String OURS = "io.terrarium.";
  private static final List<String> ADAPTERS =
      List.of(
          "io.terrarium.kernel.",
          "io.terrarium.slugingress.git.",
          "io.terrarium.slugingress.slug.",
          "io.terrarium.buildworker.sandbox.",
          "io.terrarium.buildworker.engine.Workplace");
  private static final int KILLED = 137;
  private static final long LOOK_NANOS = 5_000_000;

  private static final StackWalker STACK = StackWalker.getInstance();
  private static final Object LOCK = new Object();
  private static volatile @Nullable Path directory;
  private static String service = "";
  private static String armed = "";
  private static int seen;

  private FaultPoints() {}

  static void begin(Path place, String name) {
    service = name;
    directory = place;
  }

  /// Called from the code of the mesh itself, at the beginning and at each return of a method that
  /// does something to the world.
  public static void reach(String kind, String moment) {
    Path place = directory;
    if (place == null) {
      return;
    }
    try {
      if (Files.exists(place.resolve("record"))) {
        note(place, point(kind, moment));
      } else {
        fire(place, kind, moment);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void note(Path place, String point) throws IOException {
    Files.writeString(
        place.resolve("recorded-" + ProcessHandle.current().pid()),
        service + "\t" + point + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static void fire(Path place, String kind, String moment) throws IOException {
    Path file = place.resolve("arm");
    if (!Files.exists(file)) {
      return;
    }
    List<String> wanted;
    try {
      wanted = Files.readAllLines(file);
    } catch (NoSuchFileException taken) {
      return;
    }
    if (!wanted.get(1).equals(service) || !wanted.get(2).equals(point(kind, moment))) {
      return;
    }
    synchronized (LOCK) {
      seen = armed.equals(wanted.get(0)) ? seen + 1 : 1;
      armed = wanted.get(0);
      if (seen != Integer.parseInt(wanted.get(3)) || !Files.deleteIfExists(file)) {
        return;
      }
    }
    Files.writeString(
        place.resolve("fired-" + wanted.get(0)), Long.toString(ProcessHandle.current().pid()));
    if (wanted.get(4).equals("die")) {
      // Nothing is flushed, closed or said: to the others it is a kill -9.
      Runtime.getRuntime().halt(KILLED);
    }
    Path go = place.resolve("go-" + wanted.get(0));
    while (!Files.exists(go)) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  /// Which part of the mesh does it: the nearest one above those through which all do such things.
  private static String point(String kind, String moment) {
    return moment + " " + kind + " of " + STACK.walk(FaultPoints::actor);
  }

  private static String actor(Stream<StackWalker.StackFrame> frames) {
    List<StackWalker.StackFrame> ours =
        frames
            .filter(frame -> frame.getClassName().startsWith(OURS))
            .filter(frame -> !frame.getClassName().startsWith("io.terrarium.mesh."))
            .toList();
    return ours.stream()
        .filter(frame -> ADAPTERS.stream().noneMatch(frame.getClassName()::startsWith))
        .findFirst()
        .or(() -> ours.stream().reduce((_, last) -> last))
        .map(FaultPoints::name)
        .orElse("nobody");
  }

  private static String name(StackWalker.StackFrame frame) {
    String type = frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
    String method = frame.getMethodName().replaceAll("^lambda\\$(.*)\\$\\d+$", "$1");
    return type.replaceAll("\\$\\$Lambda.*$", "") + "." + method;
  }
}
