package io.terrarium.kernel.runtime;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/// What a process does when the terminal or another process signals it.
public final class Signals {
  private Signals() {}

  /// Does `action` at each signal of this name, such as `INT`, in the place of what Java does.
  ///
  /// By reflection, since the compiler warns of the class although every JDK has it.
  public static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      // Such a Java has its shutdown hooks alone.
    }
  }

  /// Does nothing at a signal of this name; programs that this one starts heed it as ever.
  public static void ignore(String name) {
    on(name, () -> {});
  }
}
