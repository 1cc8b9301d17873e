package io.terrarium.testkit;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The organization of one test class.
final class Organization {
  private static final System.Logger log = System.getLogger(Organization.class.getName());
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int NAME_MAX = 40;
  private static final int TRIES = 40;
  private static final long PAUSE_MILLIS = 250;
  private static final Pattern RUN = Pattern.compile("\"id\"\\s*:\\s*\"(run-[A-Za-z0-9]+)\"");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private final Access access;
  private final String name;
  private final Path cliConfiguration;

  private Organization(Access access, String name, Path cliConfiguration) {
    this.access = access;
    this.name = name;
    this.cliConfiguration = cliConfiguration;
  }

  private record Answer(int status, String body) {}

  /// Makes one for the tests of `type`.
  ///
  /// @param directory that holds a CLI configuration for it
  static Organization make(Access access, Path directory, Class<?> type) {
    byte[] random = new byte[4];
    RANDOM.nextBytes(random);
    String name = name(type.getSimpleName(), HexFormat.of().formatHex(random));
    Organization made = new Organization(access, name, directory.resolve(name + ".rc"));
    made.writeCliConfiguration();
    Answer answer =
        made.send(
            "POST",
            "/organizations",
            "{\"data\":{\"type\":\"organizations\",\"attributes\":{\"name\":\""
                + name
                + "\",\"email\":\"tests@example.com\"}}}");
    if (answer.status() != 201) {
      throw new TerrariumFault("No organization could be made: " + answer.body());
    }
    return made;
  }

  /// `OrderRunsTest` becomes something like `order-runs-test-0a1b2c3d`.
  static String name(String type, String distinction) {
    String words =
        type.replaceAll("[^A-Za-z0-9]", "-")
            .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .toLowerCase(Locale.ROOT);
    return words.substring(0, Math.min(NAME_MAX, words.length())) + "-" + distinction;
  }

  Terrarium terrarium() {
    return new Terrarium(access, name, cliConfiguration);
  }

  /// Deletes it with all that is in it, once its runs have ended. What stays goes with the mesh, so
  /// the tests do not fail for it.
  void delete() {
    try {
      for (int attempt = 0; attempt < TRIES; attempt++) {
        Answer answer = send("DELETE", "/organizations/" + name, "");
        if (answer.status() != 409) {
          break;
        }
        endRuns();
        Thread.sleep(PAUSE_MILLIS);
      }
      Files.deleteIfExists(cliConfiguration);
    } catch (IOException | TerrariumFault e) {
      log.log(System.Logger.Level.WARNING, "The organization " + name + " stays", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endRuns() {
    String open = "/organizations/" + name + "/runs?filter%5Bstatus_group%5D=non_final";
    Matcher run = RUN.matcher(send("GET", open, "").body());
    Set<String> ids = new LinkedHashSet<>();
    while (run.find()) {
      ids.add(run.group(1));
    }
    for (String id : ids) {
      // Whichever of them its status allows.
      for (String action : new String[] {"discard", "cancel", "force-cancel"}) {
        send("POST", "/runs/" + id + "/actions/" + action, "{}");
      }
    }
  }

  private void writeCliConfiguration() {
    String text =
        "credentials \"%s\" {\n  token = \"%s\"\n}\n"
            .formatted(access.address().getRawAuthority(), access.token());
    try {
      Files.createFile(
          cliConfiguration,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(cliConfiguration, text);
    } catch (IOException e) {
      throw new TerrariumFault(cliConfiguration + " cannot be written: " + e.getMessage(), e);
    }
  }

  private Answer send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(access.plainAddress().resolve("/api/v2" + path))
            .timeout(LIMIT)
            .header("Authorization", "Bearer " + access.token())
            .header("Content-Type", "application/vnd.api+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      throw new TerrariumFault("The mesh does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TerrariumFault("Interrupted while the mesh was asked.", e);
    }
  }
}
