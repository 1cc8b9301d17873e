package io.terrarium.kernel.settings;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.net.HostPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Settings of a process by name. Reading never fails: what is missing or wrong is noted, a
/// stand-in is handed out, and [#check] reports all of it together.
public final class Env {
  private final Map<String, String> values;
  // A setting that two readers find wrong is told of once.
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> asked = new TreeSet<>();

  private Env(Map<String, String> values) {
    this.values = values;
  }

  public static Env of(Map<String, String> values) {
    return new Env(Map.copyOf(values));
  }

  /// The environment of this process.
  public static Env system() {
    return of(System.getenv());
  }

  /// @throws SettingsFault when anything that was read so far is missing or wrong
  public void check() {
    if (!problems.isEmpty()) {
      throw new SettingsFault(List.copyOf(problems));
    }
  }

  /// The names that were read so far, whether they are set or not.
  public Set<String> asked() {
    return Collections.unmodifiableSet(new TreeSet<>(asked));
  }

  /// Notes what the reader of a setting finds wrong with it.
  public void problem(String text) {
    problems.add(text);
  }

  public Optional<String> find(String name) {
    asked.add(name);
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
  }

  /// Of all settings, and of the environment of this process even where the settings came from
  /// elsewhere, those with such names: what a program that this process starts needs to know of its
  /// surroundings, such as the way to the network.
  public Map<String, String> surroundings(Pattern names) {
    Map<String, String> found = new TreeMap<>(System.getenv());
    found.putAll(values);
    found.keySet().removeIf(name -> !names.matcher(name).matches());
    return Map.copyOf(found);
  }

  public String text(String name) {
    return find(name)
        .orElseGet(() -> {
          problems.add(name + " must be set");
          return "";
        });
  }

  public String text(String name, String otherwise) {
    return find(name).orElse(otherwise);
  }

  /// A secret, from `name` itself or from the file that `name` + `_FILE` names.
  public Secret secret(String name) {
    return findSecret(name)
        .orElseGet(() -> {
          problems.add(name + " or " + name + "_FILE must be set");
          return new Secret("");
        });
  }

  public Optional<Secret> findSecret(String name) {
    Optional<String> file = find(name + "_FILE");
    if (file.isEmpty()) {
      return find(name).map(Secret::new);
    }
    try {
      String value = Files.readString(Path.of(file.get())).strip();
      return Optional.of(value).filter(text -> !text.isEmpty()).map(Secret::new);
    } catch (IOException e) {
      problems.add(name + "_FILE names " + file.get() + ", which cannot be read");
      return Optional.of(new Secret(""));
    }
  }

  public int integer(String name, int otherwise, int least, int most) {
    Optional<String> value = find(name);
    if (value.isEmpty()) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number that is out of range.
    }
    problems.add(name + " must be a whole number from " + least + " to " + most);
    return otherwise;
  }

  public boolean flag(String name, boolean otherwise) {
    return switch (text(name, otherwise ? "1" : "0")) {
      case "1", "true" -> true;
      case "0", "false" -> false;
      default -> {
        problems.add(name + " must be 1 or 0");
        yield otherwise;
      }
    };
  }

  /// An address such as `http://127.0.0.1:9292`, without a slash at its end.
  public URI uri(String name) {
    return address(name, text(name));
  }

  /// An address that may be left out.
  public Optional<URI> findUri(String name) {
    return find(name).map(value -> address(name, value));
  }

  private URI address(String name, String value) {
    try {
      URI uri = URI.create(value.endsWith("/") ? value.substring(0, value.length() - 1) : value);
      if (value.isEmpty() || uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, like a URI without a host.
    }
    problems.add(name + " must be a URL such as http://127.0.0.1:9292");
    return URI.create("");
  }

  /// A server such as `db.example.com:5432`.
  ///
  /// @param port where none is written
  public HostPort hostPort(String name, int port) {
    String value = text(name);
    Optional<HostPort> server = HostPort.parse(value, port);
    if (server.isEmpty() && !value.isEmpty()) {
      problems.add(name + " must be a host or host:port, such as server.example.com:" + port);
    }
    return server.orElse(new HostPort("", port));
  }

  public Path path(String name) {
    return Path.of(text(name));
  }

  /// Where to listen, `name`_HOST (loopback by default) and `name`_PORT.
  public HttpAddress listen(String name, int port) {
    return new HttpAddress(
        text(name + "_HOST", "127.0.0.1"), integer(name + "_PORT", port, 0, 65_535));
  }
}
