package io.terrarium.atlas.api.discovery;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// The host's services by the remote service discovery protocol. Only what exists is named: a
/// client that finds `login.v1` here would try it.
public final class DiscoveryApi {
  private static final String API = "/api/v2/";
  private static final String MODULES = "/api/registry/v1/modules/";
  private static final String PROVIDERS = "/api/registry/v1/providers/";

  record Services(
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
    return Reply.json(200, new Services(MODULES, PROVIDERS, API, API, API, API));
  }

  private Reply ping(Call call) {
    return Reply.noContent();
  }
}
