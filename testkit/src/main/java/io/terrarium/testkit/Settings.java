package io.terrarium.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which Terrarium, and how. Each comes from JUnit's configuration parameters (system properties,
/// `junit-platform.properties`), or from the environment: `terrarium.java-home` is
/// `TERRARIUM_JAVA_HOME` there.
///
/// @param program the command `terrarium`
/// @param javaHome for it, where it is not to find a JDK by itself
/// @param directory where the test processes that share a mesh meet
/// @param linger how long the mesh waits for another user
/// @param patience for its start, which may be the first and build it
record Settings(
    Path program, Optional<Path> javaHome, Path directory, Duration linger, Duration patience) {
  private static final String NAME = "terrarium";
  private static final int JAVA_MIN = 25;
  private static final Pattern JAVA_VERSION = Pattern.compile("JAVA_VERSION=\"?(\\d+)");

  static Settings of(
      Function<String, Optional<String>> parameters, Map<String, String> environment) {
    Function<String, Optional<String>> find =
        name ->
            parameters
                .apply(NAME + "." + name)
                .or(() -> Optional.ofNullable(environment.get(variable(name))))
                .filter(value -> !value.isBlank());
    Path program = program(find.apply("home"), environment.getOrDefault("PATH", ""));
    Optional<Path> javaHome = find.apply("java-home").map(Path::of);
    javaHome.ifPresent(Settings::check);
    Path directory =
        find.apply("directory").map(Path::of).orElseGet(() -> usual(program, javaHome));
    return new Settings(
        program,
        javaHome,
        directory.toAbsolutePath(),
        seconds(find, "linger-seconds", 10),
        seconds(find, "start-seconds", 900));
  }

  private static String variable(String name) {
    return (NAME + "_" + name).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  private static Path program(Optional<String> home, String path) {
    if (home.isPresent()) {
      Path program = Path.of(home.get()).resolve(NAME);
      if (!isProgram(program)) {
        throw new TerrariumFault(
            "terrarium.home is " + home.get() + ", where no command `terrarium` is.");
      }
      return program.toAbsolutePath();
    }
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory).resolve(NAME))
        .filter(Settings::isProgram)
        .findFirst()
        .orElseThrow(() ->
            new TerrariumFault(
                "No Terrarium is found: set TERRARIUM_HOME, or terrarium.home in"
                    + " junit-platform.properties, to a clone of it, or put its command"
                    + " `terrarium` on the PATH."))
        .toAbsolutePath();
  }

  private static boolean isProgram(Path path) {
    return Files.isRegularFile(path) && Files.isExecutable(path);
  }

  private static void check(Path javaHome) {
    String found;
    try {
      Matcher version = JAVA_VERSION.matcher(Files.readString(javaHome.resolve("release")));
      found = version.find() ? version.group(1) : "";
    } catch (IOException e) {
      throw new TerrariumFault("terrarium.java-home is " + javaHome + ", where no JDK is.", e);
    }
    if (found.isEmpty() || Integer.parseInt(found) < JAVA_MIN) {
      throw new TerrariumFault(
          "terrarium.java-home is "
              + javaHome
              + ", a JDK "
              + found
              + "; Terrarium needs a JDK "
              + JAVA_MIN
              + " or newer. The tests may run on an older one.");
    }
  }

  /// Short, since servers keep sockets below; one for each user and each Terrarium.
  private static Path usual(Path program, Optional<Path> javaHome) {
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9_-]", "");
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((program + "\n" + javaHome).getBytes(StandardCharsets.UTF_8));
      String name = NAME + "-" + user + "-" + HexFormat.of().formatHex(digest, 0, 4);
      return Path.of(System.getProperty("java.io.tmpdir"), name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Duration seconds(Function<String, Optional<String>> find, String name, int usual) {
    String text = find.apply(name).orElse(Integer.toString(usual));
    if (!text.matches("\\d{1,6}")) {
      throw new TerrariumFault(NAME + "." + name + " must be a number of seconds, not " + text);
    }
    return Duration.ofSeconds(Integer.parseInt(text));
  }
}
