package io.terrarium.kernel.vault;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The token by which vault knows us: had by one login at a time, however many ask, renewed before
/// its time is over, and had anew when vault does not know it any more.
final class VaultSession implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(VaultSession.class);
  private static final Duration RENEW_AGAIN = Duration.ofSeconds(10);

  private final ServiceClient vault;
  private final TransitConfig config;
  private final ReentrantLock turn = new ReentrantLock();
  private final ScheduledThreadPoolExecutor renewals =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("vault-renewal").factory());
  private volatile @Nullable Secret token;
  private volatile @Nullable Future<?> renewal;

  VaultSession(ServiceClient vault, TransitConfig config) {
    this.vault = vault;
    this.config = config;
    renewals.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    if (config.login() instanceof TransitConfig.Token(Secret given)) {
      token = given;
      // How long it lives is not known; one that needs no renewal says so once.
      renewIn(config.renewEvery(), given);
    }
  }

  private record Login(String roleId, String secretId) {}

  private record Nothing() {}

  /// @throws ServiceFault when vault gives none
  Secret token() {
    Secret known = token;
    return known != null ? known : inTurn(this::firstToken);
  }

  private Secret firstToken() {
    Secret known = token;
    return known != null ? known : logIn();
  }

  /// Headers of a call by this token.
  Map<String, String> headers(Secret by) {
    Map<String, String> headers = headers();
    headers.put("X-Vault-Token", by.value());
    return headers;
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    config.namespace().ifPresent(name -> headers.put("X-Vault-Namespace", name));
    return headers;
  }

  /// Another token than the one that was answered with 403; empty when vault knows that one, so
  /// that it is its policy that denies, which no login changes.
  Optional<Secret> insteadOf(Secret refused) {
    if (config.login() instanceof TransitConfig.Token) {
      return Optional.empty();
    }
    return inTurn(() -> {
      Secret known = token;
      if (known != null && !known.equals(refused)) {
        return Optional.of(known);
      }
      return isKnown(refused) ? Optional.empty() : Optional.of(logIn());
    });
  }

  private boolean isKnown(Secret asked) {
    try (InputStream answer =
        vault.get("/v1/auth/token/lookup-self", headers(asked)).orElseThrow()) {
      answer.readAllBytes();
      return true;
    } catch (ServiceFault fault) {
      if (fault.isPassing()) {
        throw fault;
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("vault's answer broke off", e);
    }
  }

  private <T> T inTurn(Supplier<T> step) {
    turn.lock();
    try {
      return step.get();
    } finally {
      turn.unlock();
    }
  }

  private Secret logIn() {
    if (!(config.login()
        instanceof TransitConfig.AppRole(String path, String roleId, Secret secretId))) {
      throw new IllegalStateException("a token of the settings is there from the beginning");
    }
    JsonNode auth =
        vault
            .post(
                "/v1/" + path + "/login",
                new Login(roleId, secretId.value()),
                headers(),
                JsonNode.class)
            .path("auth");
    Secret given = new Secret(auth.path("client_token").asText());
    token = given;
    keepAlive(given, auth);
    log.atInfo()
        .addKeyValue("lease_seconds", auth.path("lease_duration").asLong())
        .log("logged in to vault");
    return given;
  }

  /// At two thirds of its life at the latest: then there is time to try again.
  private void keepAlive(Secret leased, JsonNode auth) {
    long leaseMillis = auth.path("lease_duration").asLong() * 1000;
    if (leaseMillis > 0) {
      renewIn(
          Duration.ofMillis(Math.min(config.renewEvery().toMillis(), leaseMillis * 2 / 3)), leased);
    }
  }

  private void renewIn(Duration delay, Secret leased) {
    Future<?> before = renewal;
    if (before != null) {
      before.cancel(false);
    }
    try {
      renewal = renewals.schedule(() -> renew(leased), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closed) {
      log.atDebug().setCause(closed).log("no renewal, since this client is closed");
    }
  }

  /// In turn with logins, so that the renewal of a token that was replaced meanwhile does not stand
  /// in the way of the new one's. What cannot be renewed is used for as long as vault knows it.
  private void renew(Secret leased) {
    inTurn(() -> {
      if (leased.equals(token)) {
        renewNow(leased);
      }
      return leased;
    });
  }

  private void renewNow(Secret leased) {
    try {
      JsonNode auth =
          vault
              .post("/v1/auth/token/renew-self", new Nothing(), headers(leased), JsonNode.class)
              .path("auth");
      keepAlive(leased, auth);
      log.atDebug().log("vault token renewed");
    } catch (ServiceFault fault) {
      if (fault.isPassing()) {
        log.atWarn().addKeyValue("reason", fault.summary()).log("vault token not renewed yet");
        renewIn(RENEW_AGAIN, leased);
      } else {
        // A token that never ends is not renewable; one that has ended costs a login at its next
        // use.
        log.atDebug().addKeyValue("reason", fault.summary()).log("vault token not renewable");
      }
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("vault token not renewed yet");
      renewIn(RENEW_AGAIN, leased);
    }
  }

  @Override
  public void close() {
    renewals.shutdownNow();
  }
}
