package io.terrarium.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.ObjectStoreCheck;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.LocalServer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnObjectStoreIT extends OwnServerContract {
  OwnObjectStoreIT() {
    super("TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY");
  }

  @Override
  Map<String, String> start(ServersWithTls servers) {
    return servers.objectStore();
  }

  @Override
  Optional<String> problem(Env env) {
    ObjectStoreConfig config = ObjectStoreConfig.from(env);
    env.check();
    return ObjectStoreCheck.problem(config);
  }

  @Override
  Refusal refusal() {
    return new Refusal(
        "TFE_OBJECT_STORAGE_S3_ENDPOINT does not answer as an S3", List.of("certification path"));
  }

  @Override
  Stream<Change> changes() {
    String keys = "SECRET_ACCESS_KEY or TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID is";
    return Stream.of(
        change("SECRET_ACCESS_KEY", "wrong", keys),
        change("ACCESS_KEY_ID", "nobody", keys),
        change("BUCKET", "no-such-bucket", "BUCKET no-such-bucket is not there"),
        change("ENDPOINT", "https://127.0.0.1:1", "ENDPOINT does not answer as an S3"));
  }

  private static Change change(String name, String value, String problem) {
    String start = "TFE_OBJECT_STORAGE_S3_";
    return new Change(start + name, value, start + problem);
  }

  @Test
  void keeps_nothing_of_the_look() {
    assertThat(problem(Env.of(settings()))).isEmpty();

    try (ObjectStore store = ObjectStore.open(ObjectStoreConfig.from(Env.of(settings())), 1)) {
      assertThat(store.list("")).isEmpty();
    }
  }

  @Test
  void is_used_with_the_keys_of_the_machines_role() {
    String keys =
        """
        {"Code":"Success","AccessKeyId":"of-the-role","SecretAccessKey":"hush","Token":"a-token",
         "Expiration":"2100-01-01T00:00:00Z"}
        """;
    try (LocalServer metadata =
        LocalServer.start(exchange -> {
          String path = exchange.getRequestURI().getPath();
          LocalServer.answer(
              exchange,
              200,
              path.endsWith("/token") ? "imds" : path.endsWith("/the-role") ? keys : "the-role");
        })) {
      Map<String, String> settings = new HashMap<>();
      settings.put("TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE", "1");
      settings.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.address().toString());

      assertThat(sent(settings))
          .containsEntry("x-amz-security-token", "a-token")
          .hasEntrySatisfying(
              "authorization", value -> assertThat(value).contains("Credential=of-the-role/"));
    }
  }

  @Test
  void whose_machine_has_no_role_is_refused() {
    try (LocalServer metadata =
        LocalServer.start(exchange -> LocalServer.answer(exchange, 404, ""))) {
      Map<String, String> settings = settings();
      settings.put("TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE", "1");
      settings.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.address().toString());

      assertThat(problem(Env.of(settings)))
          .hasValueSatisfying(problem ->
              assertThat(problem).startsWith("TFE_OBJECT_STORAGE_S3_USE_INSTANCE_PROFILE is set"));
    }
  }

  @ParameterizedTest
  @CsvSource({"AES256,", "aws:kms, key-1"})
  void is_asked_to_encrypt(String kind, @Nullable String key) {
    Map<String, String> settings = settings();
    settings.put("TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION", kind);
    if (key != null) {
      settings.put("TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION_KMS_KEY_ID", key);
    }

    Map<String, String> headers = sent(settings);

    assertThat(headers).containsEntry("x-amz-server-side-encryption", kind);
    assertThat(headers.get("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo(key);
  }

  /// The headers of a small upload to somebody else's store, which believes us anything.
  private Map<String, String> sent(Map<String, String> settings) {
    Map<String, String> headers = new ConcurrentHashMap<>();
    try (LocalServer theirs =
        LocalServer.start(exchange -> {
          exchange
              .getRequestHeaders()
              .forEach(
                  (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
          exchange.getResponseHeaders().set("ETag", "\"of-nothing\"");
          LocalServer.answer(exchange, 200, "");
        })) {
      Map<String, String> here = new HashMap<>(settings);
      here.put("TFE_OBJECT_STORAGE_S3_ENDPOINT", theirs.address().toString());
      here.put("TFE_OBJECT_STORAGE_S3_BUCKET", "their-bucket");
      try (ObjectStore store = ObjectStore.open(ObjectStoreConfig.from(Env.of(here)), 1)) {
        store.put("a", "hello".getBytes(UTF_8), Map.of());
      }
    }
    return headers;
  }
}
