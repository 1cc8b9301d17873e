package io.terrarium.kernel.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Vault's transit engine (`/v1/transit`), as its API documentation gives it. A vault that is away
/// for a moment, while it restarts, is asked again for a few seconds.
public final class Transit implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int TRIES = 6;
  private static final long RETRY_MILLIS = 250;

  private final ServiceClient vault;
  private final Map<String, String> headers;
  private final CountDownLatch closed = new CountDownLatch(1);

  public Transit(TransitConfig config) {
    vault = new ServiceClient(config.address(), Optional.empty(), TIMEOUT);
    headers = Map.of("X-Vault-Token", config.token().value(), "Content-Type", "application/json");
  }

  /// A key for one object, in the clear and wrapped.
  public record DataKey(byte[] plaintext, String wrapped) {}

  private record EncryptItem(String plaintext) {}

  private record DecryptItem(String ciphertext) {}

  private record Batch<T>(List<T> batchInput) {}

  private record DataKeyRequest(int bits) {}

  /// Throws unless vault is there and unsealed.
  public void check() {
    try (InputStream answer = vault.get("/v1/sys/health", Map.of()).orElseThrow()) {
      answer.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("vault does not answer", e);
    }
  }

  /// Encrypts under `key`, which is made on first use; gives back `vault:v1:…`.
  public String encrypt(String key, byte[] plaintext) {
    return encryptAll(key, List.of(plaintext)).getFirst();
  }

  public byte[] decrypt(String key, String ciphertext) {
    return decryptAll(key, List.of(ciphertext)).getFirst();
  }

  /// As [#encrypt], all in one call.
  public List<String> encryptAll(String key, List<byte[]> plaintexts) {
    if (plaintexts.isEmpty()) {
      return List.of();
    }
    List<EncryptItem> items =
        plaintexts.stream()
            .map(plaintext -> new EncryptItem(Base64.getEncoder().encodeToString(plaintext)))
            .toList();
    return batch(
        "/v1/transit/encrypt/" + key, new Batch<>(items), node -> text(node, "ciphertext"));
  }

  /// As [#decrypt], all in one call.
  public List<byte[]> decryptAll(String key, List<String> ciphertexts) {
    if (ciphertexts.isEmpty()) {
      return List.of();
    }
    return batch(
        "/v1/transit/decrypt/" + key,
        new Batch<>(ciphertexts.stream().map(DecryptItem::new).toList()),
        node -> Base64.getDecoder().decode(text(node, "plaintext")));
  }

  /// A new 256-bit key for one object.
  public DataKey dataKey(String key) {
    JsonNode data =
        post("/v1/transit/datakey/plaintext/" + key, new DataKeyRequest(256)).path("data");
    return new DataKey(
        Base64.getDecoder().decode(text(data, "plaintext")), text(data, "ciphertext"));
  }

  private <T> List<T> batch(String path, Batch<?> body, Function<JsonNode, T> read) {
    JsonNode results = post(path, body).path("data").path("batch_results");
    if (results.size() != body.batchInput().size()) {
      throw new TransitFault(
          "vault answered " + results.size() + " results for another number of inputs");
    }
    List<T> answers = new ArrayList<>();
    for (JsonNode result : results) {
      if (result.hasNonNull("error")) {
        throw new TransitFault("vault refused an input: " + result.path("error").asText());
      }
      answers.add(read.apply(result));
    }
    return List.copyOf(answers);
  }

  private JsonNode post(String path, Object body) {
    for (int attempt = 1; ; attempt++) {
      try {
        return vault.post(path, body, headers, JsonNode.class);
      } catch (ServiceFault fault) {
        if (!fault.isPassing() || attempt == TRIES || pauseEnds(attempt)) {
          throw new TransitFault("vault could not be used: " + fault.getMessage(), fault);
        }
      }
    }
  }

  /// Waits a while, longer each time; true when this client is being closed.
  private boolean pauseEnds(int attempt) {
    try {
      return closed.await(RETRY_MILLIS * attempt, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new TransitFault("vault's answer lacks " + field);
    }
    return value.asText();
  }

  @Override
  public void close() {
    closed.countDown();
    vault.close();
  }
}
