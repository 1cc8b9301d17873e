package io.terrarium.atlas.api.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.terrarium.core.login.LoginRequest;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;

/// The host's services by the remote service discovery protocol. Only what exists is named, since a
/// client tries what it finds here.
public final class DiscoveryApi {
  private static final String API = "/api/v2/";
  private static final String MODULES = "/api/registry/v1/modules/";
  private static final String PROVIDERS = "/api/registry/v1/providers/";

  /// Where `terraform login` sends people, and at which of its own ports it may wait for them.
  record Login(
      String client, List<String> grantTypes, String authz, String token, List<Integer> ports) {}

  private static final Login LOGIN =
      new Login(
          LoginRequest.CLIENT,
          List.of("authz_code"),
          "/oauth/authorization",
          "/oauth/token",
          List.of(LoginRequest.PORT_FIRST, LoginRequest.PORT_LAST));

  record Services(
      @JsonProperty("login.v1") Login login,
      @JsonProperty("modules.v1") String modules,
      @JsonProperty("providers.v1") String providers,
      @JsonProperty("state.v2") String state,
      @JsonProperty("tfe.v2") String tfe,
      @JsonProperty("tfe.v2.1") String tfe1,
      @JsonProperty("tfe.v2.2") String tfe2) {}

  public void mount(Api api) {
    api.get("/.well-known/terraform.json", this::services);
    api.get("/api/v2/ping", this::ping);
  }

  private Reply services(Call call) {
    return Reply.json(200, new Services(LOGIN, MODULES, PROVIDERS, API, API, API, API));
  }

  private Reply ping(Call call) {
    return Reply.noContent();
  }
}
