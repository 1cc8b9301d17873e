package io.terrarium.registry.access;

import io.terrarium.contracts.id.OrganizationId;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets only those pass who may read the registry of the organization in the path, and puts its
/// [Namespace] into the call. Atlas says so; a yes is believed for some seconds, for Terraform asks
/// several times in a row. A no is not: who is let in just now need not wait.
public final class Readers {
  private static final Logger log = LoggerFactory.getLogger(Readers.class);
  private static final Duration BELIEVED = Duration.ofSeconds(10);
  private static final int REMEMBERED_MAX = 10_000;

  private final ServiceClient atlas;
  private final Clock clock;
  private final Map<String, Yes> yes = new ConcurrentHashMap<>();

  private record Yes(OrganizationId organization, Instant until) {}

  public Readers(ServiceClient atlas, Clock clock) {
    this.atlas = atlas;
    this.clock = clock;
  }

  /// @throws Fault.Unauthorized without a token that atlas knows
  /// @throws Fault.NotFound when its bearer may not see the registry
  public Filter of(String namespaceParameter) {
    return (call, next) -> {
      String token = BearerToken.of(call).orElseThrow(Fault.Unauthorized::new);
      String name = call.path(namespaceParameter);
      OrganizationId organization = organization(token, name).orElseThrow(Fault.NotFound::new);
      call.put(Namespace.class, new Namespace(organization, name));
      return next.answer(call);
    };
  }

  private Optional<OrganizationId> organization(String token, String namespace) {
    String who = digest(token + "\n" + namespace);
    Instant now = clock.instant();
    Yes known = yes.get(who);
    if (known != null && now.isBefore(known.until())) {
      return Optional.of(known.organization());
    }
    Optional<OrganizationId> organization = ask(token, namespace);
    organization.ifPresent(id -> remember(who, new Yes(id, now.plus(BELIEVED)), now));
    return organization;
  }

  private Optional<OrganizationId> ask(String token, String namespace) {
    try {
      return Optional.ofNullable(
          atlas
              .post(
                  InternalApi.REGISTRY_ACCESS,
                  new RegistryAccess.Question(RegistryAccess.VERSION, token, namespace),
                  Map.of(),
                  RegistryAccess.Answer.class)
              .organizationId());
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

  private void remember(String who, Yes answer, Instant now) {
    if (yes.size() >= REMEMBERED_MAX) {
      yes.values().removeIf(one -> !now.isBefore(one.until()));
    }
    if (yes.size() < REMEMBERED_MAX) {
      yes.put(who, answer);
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
