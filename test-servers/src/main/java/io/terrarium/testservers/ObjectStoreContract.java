package io.terrarium.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.objectstore.AccessKeys;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.objectstore.ObjectStoreFault;
import io.terrarium.kernel.objectstore.StoredObject;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.testsupport.ServerProcess;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of its object store: no more than every S3 has.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ObjectStoreContract {
  /// Whose bucket the server is to be opened with.
  protected static final String BUCKET = "it-objects";

  private final Parts parts = new Parts("object store suite");
  private BackingServer<ObjectStoreConfig> server;
  private ObjectStore store;

  /// A store for this suite.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<ObjectStoreConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) {
    server = parts.add(open(directory.resolve("server")));
    store = parts.add(ObjectStore.open(server.config(), 2));
    store.ensureBucket();
    parts.add(() -> store.list("").forEach(store::delete));
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  private ObjectStore open(String bucket, Secret secretKey) {
    return ObjectStore.open(changed(server.config().endpoint(), bucket, secretKey), 2);
  }

  private ObjectStoreConfig changed(URI endpoint, String bucket, Secret secretKey) {
    ObjectStoreConfig right = server.config();
    return new ObjectStoreConfig(
        endpoint, bucket, right.region(), keys().accessKey(), secretKey, right.pathStyle());
  }

  private AccessKeys.Given keys() {
    return (AccessKeys.Given) server.config().keys();
  }

  @Nested
  class An_object {
    @Test
    void is_read_as_it_was_written_with_its_metadata() throws Exception {
      store.put("a/small", "hello".getBytes(UTF_8), Map.of("wrapped-key", "vault:v1:x"));

      try (StoredObject object = store.get("a/small").orElseThrow()) {
        assertThat(object.content().readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
        assertThat(object.metadata()).containsEntry("wrapped-key", "vault:v1:x");
        assertThat(object.totalSize()).isEqualTo(5);
      }
      assertThat(store.stat("a/small").orElseThrow().metadata())
          .containsEntry("wrapped-key", "vault:v1:x");
    }

    @Test
    void of_many_parts_and_unknown_length_is_read_by_ranges() throws Exception {
      byte[] content = new byte[20 * 1024 * 1024 + 7];
      new Random(1).nextBytes(content);

      store.put("a/large", new ByteArrayInputStream(content), OptionalLong.empty(), Map.of());

      assertThat(store.stat("a/large").orElseThrow().size()).isEqualTo(content.length);
      try (StoredObject range =
          store.get("a/large", 10_000_000, OptionalLong.of(5)).orElseThrow()) {
        assertThat(range.content().readAllBytes())
            .isEqualTo(Arrays.copyOfRange(content, 10_000_000, 10_000_005));
        assertThat(range.size()).isEqualTo(5);
        assertThat(range.totalSize()).isEqualTo(content.length);
      }
      try (StoredObject whole = store.get("a/large").orElseThrow()) {
        assertThat(whole.content().readAllBytes()).isEqualTo(content);
      }
    }

    @Test
    void may_be_empty() throws Exception {
      store.put("a/empty", new ByteArrayInputStream(new byte[0]), OptionalLong.of(0), Map.of());

      try (StoredObject object = store.get("a/empty").orElseThrow()) {
        assertThat(object.content().readAllBytes()).isEmpty();
      }
    }

    @Test
    void is_replaced_listed_and_deleted() {
      store.put("b/1", "x".getBytes(UTF_8), Map.of());
      store.put("b/1", "xy".getBytes(UTF_8), Map.of());
      store.put("b/c/2", "x".getBytes(UTF_8), Map.of());

      assertThat(store.stat("b/1").orElseThrow().size()).isEqualTo(2);
      assertThat(store.list("b/")).containsExactly("b/1", "b/c/2");
      store.delete("b/1");
      store.delete("b/1");
      assertThat(store.list("b/")).containsExactly("b/c/2");
    }
  }

  @Nested
  class An_upload_that_is_far_larger_than_memory {
    @Test
    void passes_in_parts_and_arrives_whole(@TempDir Path directory) throws Exception {
      try (ServerProcess uploader =
          ServerProcess.start(
              UploaderProcess.class,
              UploaderProcess.HEAP_MEGABYTES,
              directory,
              UploaderProcess.variables(server.config()),
              "large/zeros")) {
        assertThat(uploader.port()).isEqualTo(UploaderProcess.DONE);
      }

      assertThat(store.stat("large/zeros").orElseThrow().size()).isEqualTo(UploaderProcess.BYTES);
    }
  }

  @Nested
  class Many_uploads_at_once {
    @Test
    void wait_for_their_turn() {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 40; i++) {
          String key = "many/" + i;
          threads.execute(() -> store.put(key, new byte[100_000], Map.of()));
        }
      }

      assertThat(store.list("many/")).hasSize(40);
    }
  }

  @Nested
  class An_absent_object {
    @Test
    void is_empty() {
      assertThat(store.get("absent")).isEmpty();
      assertThat(store.stat("absent")).isEmpty();
    }
  }

  @Nested
  class A_store_that_refuses_us {
    @Test
    void is_a_fault_without_the_secret() {
      try (ObjectStore refused = open(BUCKET, new Secret("wrong-secret-key"))) {
        assertThatThrownBy(() -> refused.get("a/small"))
            .isInstanceOf(ObjectStoreFault.class)
            .message()
            .doesNotContain("wrong-secret-key");
      }
    }
  }

  @Nested
  class A_store_that_is_away {
    @Test
    void is_a_fault_that_passes_whatever_is_asked_of_it() {
      try (ObjectStore away =
          ObjectStore.open(
              changed(URI.create("http://127.0.0.1:1"), BUCKET, new Secret("any")), 2)) {
        assertPasses(() -> away.get("a/small"));
        assertPasses(() -> away.put("a/small", "hello".getBytes(UTF_8), Map.of()));
        assertPasses(() ->
            away.put(
                "a/large",
                new ByteArrayInputStream(new byte[20 << 20]),
                OptionalLong.empty(),
                Map.of()));
        assertPasses(() -> away.delete("a/small"));
        assertPasses(() -> away.list("a/"));
        assertPasses(away::check);
      }
    }

    private static void assertPasses(ThrowingCallable question) {
      assertThatThrownBy(question)
          .isInstanceOfSatisfying(
              ObjectStoreFault.class, fault -> assertThat(fault.isPassing()).isTrue());
    }
  }

  @Nested
  class A_bucket {
    @Test
    void may_be_made_again_and_must_be_there() {
      store.ensureBucket();
      store.check();
      try (ObjectStore other = open("it-nowhere", keys().secretKey())) {
        assertThatThrownBy(other::check).isInstanceOf(ObjectStoreFault.class);
      }
    }
  }
}
