package io.terrarium.kernel.objectstore;

import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import io.terrarium.kernel.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.ProviderException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/// One bucket of an S3. Uploads hold one part in memory each, so only so many run at once; the
/// others wait for their turn.
public final class ObjectStore implements AutoCloseable {
  private static final long PART_BYTES = 8L * 1024 * 1024;
  private static final String METADATA_PREFIX = "x-amz-meta-";
  private static final Set<String> MISSING =
      Set.of("NoSuchKey", "NoSuchObject", "ResourceNotFound");

  private final MinioClient client;
  private final OkHttpClient http;
  private final String bucket;
  private final String region;
  private final Optional<Encryption> encryption;
  private final Semaphore uploads;

  private ObjectStore(
      MinioClient client, OkHttpClient http, ObjectStoreConfig config, int uploadsMax) {
    this.client = client;
    this.http = http;
    this.bucket = config.bucket();
    this.region = config.region();
    this.encryption = config.encryption();
    this.uploads = new Semaphore(uploadsMax);
  }

  /// Makes the client; nothing is sent yet.
  ///
  /// @param uploadsMax how many uploads may run, and hold a part of 8 MB each, at once
  public static ObjectStore open(ObjectStoreConfig config, int uploadsMax) {
    OkHttpClient http = StoreHttp.client(config);
    MinioClient client =
        MinioClient.builder()
            .endpoint(config.endpoint().toString())
            .region(config.region())
            .credentialsProvider(config.keys().provider(http))
            .httpClient(http)
            .build();
    if (config.pathStyle()) {
      client.disableVirtualStyleEndpoint();
    } else {
      client.enableVirtualStyleEndpoint();
    }
    return new ObjectStore(client, http, config, uploadsMax);
  }

  /// Makes the bucket, unless it is there.
  public void ensureBucket() {
    ask(
        "make bucket " + bucket,
        () -> {
          if (!exists()) {
            makeBucket();
          }
          return bucket;
        });
  }

  /// Stores an object in parts; it is there as a whole or not at all.
  public void put(
      String key, InputStream content, OptionalLong size, Map<String, String> userMetadata) {
    long length = size.orElse(-1);
    if (length == 0) {
      put(key, new byte[0], userMetadata);
      return;
    }
    upload(key, content, length, userMetadata);
  }

  /// Stores a small object.
  public void put(String key, byte[] content, Map<String, String> userMetadata) {
    upload(key, new ByteArrayInputStream(content), content.length, userMetadata);
  }

  /// Reads an object from `offset` on; empty when there is none of that key.
  public Optional<StoredObject> get(String key, long offset, OptionalLong length) {
    GetObjectArgs.Builder range = GetObjectArgs.builder().bucket(bucket).object(key);
    if (offset > 0 || length.isPresent()) {
      range.offset(offset);
    }
    length.ifPresent(range::length);
    return find("get " + key, () -> stored(client.getObject(range.build())));
  }

  public Optional<StoredObject> get(String key) {
    return get(key, 0, OptionalLong.empty());
  }

  public Optional<ObjectFacts> stat(String key) {
    return find(
        "stat " + key,
        () -> {
          StatObjectResponse facts =
              client.statObject(StatObjectArgs.builder().bucket(bucket).object(key).build());
          return new ObjectFacts(facts.size(), facts.etag(), metadata(facts.headers()));
        });
  }

  /// Removes an object; nothing happens when there is none.
  public void delete(String key) {
    find(
        "delete " + key,
        () -> {
          client.removeObject(RemoveObjectArgs.builder().bucket(bucket).object(key).build());
          return key;
        });
  }

  /// The keys that begin with `prefix`, in order.
  public List<String> list(String prefix) {
    ListObjectsArgs args =
        ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true).build();
    return ask(
        "list " + prefix,
        () -> {
          List<String> keys = new ArrayList<>();
          for (Result<Item> item : client.listObjects(args)) {
            keys.add(item.get().objectName());
          }
          return keys;
        });
  }

  /// Whether the store answers and the bucket is there.
  public void check() {
    if (!ask("look for bucket " + bucket, this::exists)) {
      throw new ObjectStoreFault("object store: there is no bucket " + bucket, null);
    }
  }

  @Override
  public void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private boolean exists() throws MinioException {
    return client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
  }

  private void makeBucket() throws MinioException {
    try {
      client.makeBucket(MakeBucketArgs.builder().bucket(bucket).region(region).build());
    } catch (ErrorResponseException e) {
      // Another process of ours was faster.
      if (!e.errorResponse().code().equals("BucketAlreadyOwnedByYou")) {
        throw e;
      }
    }
  }

  private void upload(
      String key, InputStream content, long length, Map<String, String> userMetadata) {
    PutObjectArgs.Builder object =
        PutObjectArgs.builder().bucket(bucket).object(key).userMetadata(userMetadata).stream(
            content, length, PART_BYTES);
    encryption.ifPresent(asked -> object.sse(asked.headers()));
    PutObjectArgs args = object.build();
    try {
      uploads.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreFault("object store: interrupted before put " + key, e);
    }
    try {
      ask("put " + key, () -> client.putObject(args));
    } finally {
      uploads.release();
    }
  }

  private static StoredObject stored(GetObjectResponse response) {
    Headers headers = response.headers();
    long size = number(headers.get("Content-Length"));
    String range = headers.get("Content-Range");
    long total = range == null ? size : number(range.substring(range.lastIndexOf('/') + 1));
    return new StoredObject(response, metadata(headers), size, total);
  }

  private static long number(@Nullable String header) {
    return header == null ? -1 : Long.parseLong(header);
  }

  private static Map<String, String> metadata(Headers headers) {
    Map<String, String> metadata = new HashMap<>();
    for (String name : headers.names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      String value = headers.get(name);
      if (lower.startsWith(METADATA_PREFIX) && value != null) {
        metadata.put(lower.substring(METADATA_PREFIX.length()), value);
      }
    }
    return metadata;
  }

  private static <T> Optional<T> find(String what, Question<T> question) {
    try {
      return Optional.of(ask(what, question));
    } catch (ObjectStoreFault fault) {
      if (fault.getCause() instanceof ErrorResponseException e
          && MISSING.contains(e.errorResponse().code())) {
        return Optional.empty();
      }
      throw fault;
    }
  }

  private static <T> T ask(String what, Question<T> question) {
    try {
      return question.answer();
    } catch (MinioException e) {
      throw fault(what, e);
    } catch (IllegalStateException e) {
      throw unwrapped(what, e);
    }
  }

  /// So the client tells of a broken connection, of a certificate that it does not believe, of a
  /// metadata service without keys, or of a stream that cannot be read, which may have a fault of
  /// ours to tell.
  private static RuntimeException unwrapped(String what, IllegalStateException wrapper) {
    for (Throwable cause = wrapper.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Fault ours) {
        return ours;
      }
    }
    return switch (wrapper.getCause()) {
      case IOException broken -> fault(what, broken);
      case CertificateException unknown -> fault(what, unknown);
      case ProviderException withoutKeys -> fault(what, withoutKeys);
      case null, default -> wrapper;
    };
  }

  private static ObjectStoreFault fault(String what, Exception e) {
    return new ObjectStoreFault("object store: " + what + " failed: " + e.getMessage(), e);
  }

  @FunctionalInterface
  private interface Question<T> {
    T answer() throws MinioException;
  }
}
