package io.terrarium.kernel.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Secret;
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

/// Vault's transit engine (`/v1/transit`), as its API documentation gives it, ours or a Vault of
/// the user's. One that is away for a moment, while it restarts, is asked again for a few seconds.
public final class Transit implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int TRIES = 6;
  private static final long RETRY_MILLIS = 250;
  private static final String HEALTH = "/v1/sys/health?standbyok=true&perfstandbyok=true";

  private final ServiceClient vault;
  private final VaultSession session;
  private final CountDownLatch closed = new CountDownLatch(1);

  public Transit(TransitConfig config) {
    vault = new ServiceClient(config.address(), Optional.empty(), TIMEOUT, config.trust());
    session = new VaultSession(vault, config);
  }

  /// A key for one object, in the clear and wrapped.
  public record DataKey(byte[] plaintext, String wrapped) {}

  private record EncryptItem(String plaintext) {}

  private record DecryptItem(String ciphertext) {}

  private record Batch<T>(List<T> batchInput) {}

  private record DataKeyRequest(int bits) {}

  /// Throws unless vault is there and unsealed; a standby passes calls on to the active one.
  public void check() {
    try (InputStream answer = vault.get(HEALTH, Map.of()).orElseThrow()) {
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

  /// The same texts under the newest version of `key`, all in one call; nothing leaves vault in the
  /// clear.
  public List<String> rewrapAll(String key, List<String> ciphertexts) {
    if (ciphertexts.isEmpty()) {
      return List.of();
    }
    return batch(
        "/v1/transit/rewrap/" + key,
        new Batch<>(ciphertexts.stream().map(DecryptItem::new).toList()),
        node -> text(node, "ciphertext"));
  }

  /// What a ciphertext of the newest version of `key` begins with. It is read from one that is made
  /// for this, as a policy may grant encryption and not the look at the key.
  public String newestPrefix(String key) {
    String made = encrypt(key, new byte[0]);
    return made.substring(0, made.lastIndexOf(':') + 1);
  }

  /// A new 256-bit key for one object. A data key does not make the key that wraps it, which
  /// encryption does; so the first one of all is preceded by that.
  public DataKey dataKey(String key) {
    String path = "/v1/transit/datakey/plaintext/" + key;
    JsonNode data;
    try {
      data = post(path, new DataKeyRequest(256)).path("data");
    } catch (TransitFault fault) {
      if (!fault.isOfMissingKey()) {
        throw fault;
      }
      encrypt(key, new byte[0]);
      data = post(path, new DataKeyRequest(256)).path("data");
    }
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
    boolean isByNewToken = false;
    Optional<Secret> token = Optional.empty();
    for (int attempt = 1; ; attempt++) {
      try {
        Secret known = token.isPresent() ? token.get() : session.token();
        token = Optional.of(known);
        return vault.post(path, body, session.headers(known), JsonNode.class);
      } catch (ServiceFault fault) {
        if (fault.status() == 403 && token.isPresent() && !isByNewToken) {
          token = another(token.get(), fault);
          isByNewToken = true;
        } else if (!fault.isPassing() || attempt == TRIES || pauseEnds(attempt)) {
          throw TransitFault.of(fault);
        }
      }
    }
  }

  /// @throws TransitFault when a new token would be refused as well
  private Optional<Secret> another(Secret refused, ServiceFault why) {
    try {
      return Optional.of(session.insteadOf(refused).orElseThrow(() -> TransitFault.of(why)));
    } catch (ServiceFault fault) {
      throw TransitFault.of(fault);
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
    session.close();
    vault.close();
  }
}
