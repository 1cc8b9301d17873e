package io.terrarium.atlas.api.token;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.core.access.Principal;
import io.terrarium.core.token.TokenTtlPolicies;
import io.terrarium.core.token.TokenTtlPolicy;
import io.terrarium.core.token.TokenTtlPolicy.TokenType;
import io.terrarium.core.token.TokenTtlPolicy.Wanted;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// How long tokens may be used in an organization.
public final class TokenTtlPoliciesApi {
  private static final String TYPE = "organization-token-ttl-policies";
  private static final String ALL = "/api/v2/organizations/:organization_name/token-ttl-policies";
  private static final String GIVEN = "token-ttl-policies";
  // Enough for an owner to make a new token and take back what they said.
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(100 * 365);

  private final TokenTtlPolicies policies;

  public TokenTtlPoliciesApi(TokenTtlPolicies policies) {
    this.policies = policies;
  }

  record Attributes(String tokenType, long maxTtlMs, Instant createdAt, Instant updatedAt) {}

  public void mount(Api api) {
    api.get(ALL, call -> all(policies.list(caller(call), organization(call))));
    api.patch(ALL, call -> all(policies.put(caller(call), organization(call), wanted(call))));
  }

  private static Reply all(List<TokenTtlPolicy> policies) {
    return Reply.document(
        200, Document.of(policies.stream().map(TokenTtlPoliciesApi::resource).toList()));
  }

  private static Resource resource(TokenTtlPolicy policy) {
    return new Resource(
        policy.id().value(),
        TYPE,
        new Attributes(
            policy.type().wire(),
            policy.longest().toMillis(),
            policy.createdAt(),
            policy.updatedAt()),
        Map.of(),
        Map.of());
  }

  private static List<Wanted> wanted(Call call) {
    Incoming incoming = Incoming.of(call, TYPE);
    JsonNode given = incoming.tree(GIVEN).orElse(null);
    if (given == null || !given.isArray() || given.isEmpty()) {
      throw new Fault.Invalid(GIVEN, "Token ttl policies must be a list with at least one policy");
    }
    List<Wanted> wanted = new ArrayList<>();
    List<Fault.Problem> problems = new ArrayList<>();
    Set<TokenType> seen = EnumSet.noneOf(TokenType.class);
    for (int i = 0; i < given.size(); i++) {
      String pointer = "/data/attributes/" + GIVEN + "/" + i;
      Optional<TokenType> type = type(given.get(i), pointer, problems);
      Optional<Duration> longest = longest(given.get(i), pointer, problems);
      if (type.isPresent() && !seen.add(type.get())) {
        problems.add(
            new Fault.Problem(
                "Token type must not be given more than once", pointer + "/token-type"));
      } else if (type.isPresent() && longest.isPresent()) {
        wanted.add(new Wanted(type.get(), longest.get()));
      }
    }
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
    return List.copyOf(wanted);
  }

  private static Optional<TokenType> type(
      JsonNode given, String pointer, List<Fault.Problem> problems) {
    String wire = given.path("token-type").asText("");
    Optional<TokenType> type =
        Arrays.stream(TokenType.values()).filter(one -> one.wire().equals(wire)).findFirst();
    if (type.isEmpty()) {
      problems.add(
          new Fault.Problem(
              "Token type must be one of "
                  + Arrays.stream(TokenType.values())
                      .map(TokenType::wire)
                      .collect(Collectors.joining(", ")),
              pointer + "/token-type"));
    }
    return type;
  }

  private static Optional<Duration> longest(
      JsonNode given, String pointer, List<Fault.Problem> problems) {
    JsonNode millis = given.path("max-ttl-ms");
    if (!millis.isIntegralNumber()
        || !millis.canConvertToLong()
        || millis.asLong() < SHORTEST.toMillis()
        || millis.asLong() > LONGEST.toMillis()) {
      problems.add(
          new Fault.Problem(
              "Max ttl ms must be a whole number of milliseconds from "
                  + SHORTEST.toMillis()
                  + " to "
                  + LONGEST.toMillis(),
              pointer + "/max-ttl-ms"));
      return Optional.empty();
    }
    return Optional.of(Duration.ofMillis(millis.asLong()));
  }

  private static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  private static String organization(Call call) {
    return call.path("organization_name");
  }
}
