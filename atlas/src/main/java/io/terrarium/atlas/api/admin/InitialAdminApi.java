package io.terrarium.atlas.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.request.ClientAddress;
import io.terrarium.core.account.NewUser;
import io.terrarium.core.account.Users;
import io.terrarium.core.token.IssuedToken;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.net.Subnet;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a new site gets its first person: fetch the initial admin creation token (IACT) on the
/// machine itself, then make the admin with it. Both are dead once anybody has an account.
public final class InitialAdminApi {
  private final Users users;
  private final InitialAdminConfig config;
  private final ClientAddress clients;
  private final Clock clock;
  private final Instant startedAt;

  /// Plain JSON, one of the two beside the status.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Outcome(String status, @Nullable String token, @Nullable String error) {
    static Reply refused(int status, String error) {
      return Reply.json(status, new Outcome("error", null, error));
    }
  }

  public InitialAdminApi(
      Users users, InitialAdminConfig config, ClientAddress clients, Clock clock) {
    this.users = users;
    this.config = config;
    this.clients = clients;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  public void mount(Api api) {
    api.get("/admin/retrieve-iact", this::retrieve);
    api.post("/admin/initial-admin-user", this::create);
  }

  private Reply retrieve(Call call) {
    if (!mayRetrieve(clients.of(call)) || !users.isEmpty()) {
      throw new Fault.NotFound();
    }
    return Reply.text(200, config.token().value()).with("Cache-Control", "no-store");
  }

  private boolean mayRetrieve(String address) {
    if (Subnet.isLoopback(address)) {
      return true;
    }
    boolean inTime =
        config
            .timeLimit()
            .map(limit -> clock.instant().isBefore(startedAt.plus(limit)))
            .orElse(true);
    return inTime && config.subnets().stream().anyMatch(subnet -> subnet.contains(address));
  }

  private Reply create(Call call) {
    String sent = call.query("token").orElse("");
    if (!Tokens.same(sent, config.token().value())) {
      return absent();
    }
    try {
      NewUser admin = user(call);
      call.put(AuditTrail.Actor.class, new AuditTrail.Actor(admin.username()));
      return users
          .createInitialAdmin(admin)
          .map(InitialAdminApi::created)
          .orElseGet(InitialAdminApi::absent);
    } catch (Fault.Invalid invalid) {
      return Outcome.refused(422, sentence(invalid));
    } catch (Fault.BadRequest unreadable) {
      return Outcome.refused(422, String.valueOf(unreadable.getMessage()));
    }
  }

  private static Reply created(IssuedToken issued) {
    return Reply.json(200, new Outcome("created", issued.clear().value(), null))
        .with("Cache-Control", "no-store");
  }

  /// The same whether the token is wrong or there is an admin already.
  private static Reply absent() {
    return Outcome.refused(404, "The token is not valid or an admin has been created already");
  }

  private static NewUser user(Call call) {
    Optional<JsonNode> body = call.tree().filter(JsonNode::isObject);
    if (body.isEmpty()) {
      throw new Fault.BadRequest("The body must be a JSON object");
    }
    JsonNode fields = body.get();
    return new NewUser(
        fields.path("username").asText(""),
        fields.path("email").asText(""),
        new Secret(fields.path("password").asText("")));
  }

  private static String sentence(Fault.Invalid invalid) {
    return invalid.problems().stream().map(Fault.Problem::detail).collect(Collectors.joining("; "));
  }
}
