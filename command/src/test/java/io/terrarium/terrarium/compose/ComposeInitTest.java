package io.terrarium.terrarium.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComposeInitTest {
  @TempDir private Path directory;
  private ComposeInit.Places places;

  @BeforeEach
  void places() {
    places =
        new ComposeInit.Places(
            directory.resolve("kept"),
            directory.resolve("shown"),
            List.of("terrarium.test"),
            Optional.empty());
  }

  private Map<String, String> shown() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(places.shown())) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(places.shown().relativize(file).toString(), text(file)));
    }
    return files;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void gives_every_reader_what_it_needs_and_the_same_secret_to_both_ends() throws IOException {
    ComposeInit.write(places);

    Map<String, String> files = shown();
    assertThat(files.get("postgres/password")).isEqualTo(files.get("services/database_password"));
    assertThat(files.get("s3/secret_key")).isEqualTo(files.get("services/s3_secret_key"));
    assertThat(files.get("redis/redis.conf"))
        .contains("requirepass " + files.get("services/redis_password"));
    assertThat(files.get("rabbitmq/10-terrarium.conf"))
        .contains("default_pass = " + files.get("services/rabbitmq_password"));
    assertThat(files.get("router/nginx.conf")).contains("listen 8443 ssl;", "listen 8081;");
    assertThat(files.get("router/server.pem"))
        .contains(String.valueOf(files.get("router/ca.pem")).strip());
  }

  @Test
  void shows_workers_no_secret_of_a_server_with_data_and_nobody_the_authority_s_key()
      throws IOException {
    ComposeInit.write(places);

    assertThat(shown().keySet().stream().filter(name -> name.startsWith("builds/")))
        .containsExactly("builds/internal_api_token", "builds/rabbitmq_password");
    String authorityKey = text(places.kept().resolve("tls/ca-key.pem"));
    assertThat(shown().values()).noneMatch(text -> text.contains(authorityKey.strip()));
  }

  @Test
  void shows_the_backup_token_to_operations_alone() throws IOException {
    ComposeInit.write(places);

    Map<String, String> files = shown();
    String token = String.valueOf(files.get("operations/backup_token"));
    assertThat(files.values()).filteredOn(text -> text.contains(token)).hasSize(1);
  }

  @Test
  void changes_nothing_but_the_name_of_the_node_s_start_when_it_runs_again() throws IOException {
    ComposeInit.write(places);
    Map<String, String> first = shown();

    ComposeInit.write(places);

    Map<String, String> second = shown();
    assertThat(second.remove("services/node_boot"))
        .isNotEqualTo(first.remove("services/node_boot"));
    assertThat(second).isEqualTo(first);
  }
}
