package io.terrarium.atlas.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.core.account.NewUser;
import io.terrarium.core.account.Users;
import io.terrarium.core.token.IssuedToken;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a new site gets its first person: fetch the initial admin creation token (IACT) on the
/// machine itself, then make the admin with it. Both are dead once anybody has an account.
public final class InitialAdminApi {
  private final Users users;
  private final InitialToken initial;

  /// Plain JSON, one of the two beside the status.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Outcome(String status, @Nullable String token, @Nullable String error) {
    static Reply refused(int status, String error) {
      return Reply.json(status, new Outcome("error", null, error));
    }
  }

  /// @param initial which of those who ask are told the token
  public InitialAdminApi(Users users, InitialToken initial) {
    this.users = users;
    this.initial = initial;
  }

  public void mount(Api api) {
    api.get("/admin/retrieve-iact", this::retrieve);
    api.post("/admin/initial-admin-user", this::create);
  }

  private Reply retrieve(Call call) {
    Secret token = initial.retrieve(call).orElseThrow(Fault.NotFound::new);
    return Reply.text(200, token.value()).with("Cache-Control", "no-store");
  }

  private Reply create(Call call) {
    String sent = call.query("token").orElse("");
    if (!initial.isIt(sent)) {
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
