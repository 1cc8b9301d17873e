package io.terrarium.kernel.runtime;

import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The `main` of a service: settings from the environment, start, close on SIGTERM. What is wrong
/// with the settings goes to stderr, one line each, and the process ends with 1.
public final class Program {
  private static final Logger log = LoggerFactory.getLogger(Program.class);

  /// The variable that names the node.
  public static final String NODE = "TERRARIUM_NODE";

  private Program() {}

  /// Runs a service until the process is told to end.
  ///
  /// @param name of the service, in whose name the log of this process speaks
  public static <C> void serve(
      String name,
      Function<Env, C> settings,
      BiFunction<C, Platform, ? extends AutoCloseable> start) {
    if (isSupervised()) {
      leaveSignalsToSupervisor();
    }
    run(
        name,
        settings,
        config -> {
          Platform platform = Platform.start();
          AutoCloseable service = start.apply(config, platform);
          CountDownLatch forever = new CountDownLatch(1);
          Runtime.getRuntime()
              .addShutdownHook(
                  new Thread(
                      () -> {
                        close(service);
                        platform.close();
                        forever.countDown();
                      },
                      "shutdown"));
          if (isSupervised()) {
            endWithStdin();
          }
          await(forever);
        });
  }

  private static boolean isSupervised() {
    return System.getenv("TERRARIUM_ENDS_WITH_STDIN") != null;
  }

  /// Ctrl-C and the end of the terminal are the supervisor's to heed: it stops one service after
  /// the other, while the terminal signals all of them at once.
  private static void leaveSignalsToSupervisor() {
    Signals.ignore("INT");
    Signals.ignore("HUP");
  }

  /// A supervised service holds a pipe from its supervisor as stdin, and ends when that is gone.
  private static void endWithStdin() {
    Thread.ofPlatform()
        .daemon()
        .name("stdin")
        .start(() -> {
          try {
            System.in.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            log.atDebug().setCause(e).log("stdin broke");
          }
          System.exit(0);
        });
  }

  /// Does one thing and ends.
  public static <C> void once(String name, Function<Env, C> settings, Consumer<C> work) {
    run(name, settings, work);
  }

  private static <C> void run(String name, Function<Env, C> settings, Consumer<C> work) {
    try (LogScope _ = LogScope.open(speaker(name, System.getenv(NODE)))) {
      Env env = Env.system();
      C config = settings.apply(env);
      env.check();
      work.accept(config);
    } catch (SettingsFault fault) {
      fault.problems().forEach(System.err::println);
      System.exit(1);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("cannot start");
      System.err.println("cannot start: " + e.getMessage());
      System.exit(1);
    }
  }

  /// In whose name the log of a service speaks.
  ///
  /// @param node that the service is on, where it has been told
  public static Map<String, String> speaker(String name, @Nullable String node) {
    return node == null || node.isEmpty()
        ? Map.of(LogScope.COMPONENT, name)
        : Map.of(LogScope.COMPONENT, name, LogScope.NODE, node);
  }

  private static void close(AutoCloseable service) {
    try {
      service.close();
    } catch (Exception e) {
      log.atWarn().setCause(e).log("did not stop cleanly");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
