package io.terrarium.vault;

import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Login by AppRole, and what a token can ask of itself, as Vault's API documentation gives them.
final class AuthApi {
  private static final String LOGIN = "auth/approle/login";
  private static final Map<String, String> ROLE = Map.of("role_name", Policy.TERRARIUM.wire());

  private final ClientTokens tokens;
  private final Optional<VaultConfig.AppRole> role;

  AuthApi(ClientTokens tokens, Optional<VaultConfig.AppRole> role) {
    this.tokens = tokens;
    this.role = role;
  }

  /// @param open takes callers without a token
  void mount(Api open, Api behindToken) {
    role.ifPresent(known -> {
      open.post("/v1/" + LOGIN, call -> login(call, known));
      open.put("/v1/" + LOGIN, call -> login(call, known));
    });
    behindToken.get("/v1/auth/token/lookup-self", AuthApi::lookUp);
    behindToken.post("/v1/auth/token/renew-self", this::renew);
    behindToken.put("/v1/auth/token/renew-self", this::renew);
    behindToken.post("/v1/auth/token/revoke-self", this::revoke);
    behindToken.put("/v1/auth/token/revoke-self", this::revoke);
  }

  private Reply login(Call call, VaultConfig.AppRole known) {
    Input input = Input.of(call);
    String roleId = input.text("role_id").orElseThrow(() -> new VaultFault(400, "missing role_id"));
    String secretId =
        input.text("secret_id").orElseThrow(() -> new VaultFault(400, "missing secret_id"));
    // Both are compared, so that the time does not tell which one is wrong.
    boolean isRole = Tokens.same(roleId, known.roleId().value());
    boolean isSecret = Tokens.same(secretId, known.secretId().value());
    if (!isRole || !isSecret) {
      throw new VaultFault(400, "invalid role or secret ID");
    }
    return leased(tokens.issue());
  }

  private static Reply lookUp(Call call) {
    Caller caller = call.get(Caller.class);
    Optional<ClientTokens.Issued> issued = caller.issued();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("accessor", issued.map(ClientTokens.Issued::accessor).orElse(""));
    data.put("creation_time", issued.map(known -> known.createdAt().getEpochSecond()).orElse(0L));
    data.put("creation_ttl", issued.map(known -> known.period().toSeconds()).orElse(0L));
    data.put("display_name", issued.isPresent() ? "approle" : "token");
    data.put("entity_id", "");
    data.put("expire_time", expiry(issued));
    data.put("explicit_max_ttl", 0);
    data.put("id", caller.token().value());
    data.put("meta", issued.isPresent() ? ROLE : null);
    data.put("num_uses", 0);
    data.put("orphan", true);
    data.put("path", issued.isPresent() ? LOGIN : "auth/token/root");
    issued.ifPresent(known -> data.put("period", known.period().toSeconds()));
    data.put("policies", List.of(caller.policy().wire()));
    data.put("renewable", issued.isPresent());
    data.put("ttl", issued.map(known -> known.left().toSeconds()).orElse(0L));
    data.put("type", "service");
    return Answers.data(data);
  }

  private static @Nullable String expiry(Optional<ClientTokens.Issued> issued) {
    return issued
        .map(known -> known.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString())
        .orElse(null);
  }

  private Reply renew(Call call) {
    Caller caller = call.get(Caller.class);
    if (caller.issued().isEmpty()) {
      throw new VaultFault(400, "lease not found or lease is not renewable");
    }
    return leased(tokens.renew(caller.token()).orElseThrow(VaultFault::denied));
  }

  /// The token of the settings is known as long as they have it; to say that it is revoked would be
  /// untrue.
  private Reply revoke(Call call) {
    Caller caller = call.get(Caller.class);
    if (caller.issued().isEmpty()) {
      throw new VaultFault(
          400, "this token comes from the settings of this vault and ends with them alone");
    }
    tokens.revoke(caller.token());
    return Reply.noContent();
  }

  private static Reply leased(ClientTokens.Lease lease) {
    Map<String, Object> auth = new LinkedHashMap<>();
    auth.put("client_token", lease.token().value());
    auth.put("accessor", lease.issued().accessor());
    auth.put("policies", List.of(Policy.TERRARIUM.wire()));
    auth.put("token_policies", List.of(Policy.TERRARIUM.wire()));
    auth.put("metadata", ROLE);
    auth.put("lease_duration", lease.issued().left().toSeconds());
    auth.put("renewable", true);
    auth.put("entity_id", "");
    auth.put("token_type", "service");
    auth.put("orphan", true);
    auth.put("mfa_requirement", null);
    auth.put("num_uses", 0);
    return Answers.auth(auth);
  }
}
