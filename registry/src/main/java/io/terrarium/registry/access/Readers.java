package io.terrarium.registry.access;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.RegistryAccess;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Filter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets only those pass who may read the registry of the organization in the path. Atlas says so; a
/// yes is believed for some seconds, for Terraform asks several times in a row. A no is not: who is
/// let in just now need not wait.
public final class Readers {
  private static final Logger log = LoggerFactory.getLogger(Readers.class);
  private static final Duration BELIEVED = Duration.ofSeconds(10);
  private static final int REMEMBERED_MAX = 10_000;

  private final ServiceClient atlas;
  private final Clock clock;
  private final Map<String, Instant> yes = new ConcurrentHashMap<>();

  public Readers(ServiceClient atlas, Clock clock) {
    this.atlas = atlas;
    this.clock = clock;
  }

  /// @throws Fault.Unauthorized without a token that atlas knows
  /// @throws Fault.NotFound when its bearer may not see the registry
  public Filter of(String namespaceParameter) {
    return (call, next) -> {
      String token = BearerToken.of(call).orElseThrow(Fault.Unauthorized::new);
      if (!mayRead(token, call.path(namespaceParameter))) {
        throw new Fault.NotFound();
      }
      return next.answer(call);
    };
  }

  private boolean mayRead(String token, String namespace) {
    String who = digest(token + "\n" + namespace);
    Instant now = clock.instant();
    Instant until = yes.get(who);
    if (until != null && now.isBefore(until)) {
      return true;
    }
    boolean mayRead = ask(token, namespace);
    if (mayRead) {
      remember(who, now);
    }
    return mayRead;
  }

  private boolean ask(String token, String namespace) {
    try {
      return atlas
          .post(
              InternalApi.REGISTRY_ACCESS,
              new RegistryAccess.Question(RegistryAccess.VERSION, token, namespace),
              Map.of(),
              RegistryAccess.Answer.class)
          .mayRead();
    } catch (ServiceFault fault) {
      if (fault.status() == 401) {
        throw new Fault.Unauthorized();
      }
      if (fault.isPassing()) {
        throw fault;
      }
      log.atError()
          .addKeyValue("reason", fault.summary())
          .log("atlas does not say who may read a registry");
      throw new Fault.Unavailable("Nobody can say who may read this registry.", fault);
    }
  }

  private void remember(String who, Instant now) {
    if (yes.size() >= REMEMBERED_MAX) {
      yes.values().removeIf(until -> !now.isBefore(until));
    }
    if (yes.size() < REMEMBERED_MAX) {
      yes.put(who, now.plus(BELIEVED));
    }
  }

  /// No token is kept.
  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
