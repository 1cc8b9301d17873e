package io.terrarium.atlas.api.admin;

import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.settings.Settings;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// The general settings, for site admins; for anyone else they are not there.
public final class GeneralSettingsApi {
  private static final String PATH = "/api/v2/admin/general-settings";

  private final Settings settings;

  public GeneralSettingsApi(Settings settings) {
    this.settings = settings;
  }

  public void mount(Api api) {
    api.get(PATH, this::show);
    api.patch(PATH, this::update);
  }

  private Reply show(Call call) {
    return Reply.document(
        200, GeneralSettingsResource.document(settings.show(call.get(Principal.class))));
  }

  private Reply update(Call call) {
    Principal principal = call.get(Principal.class);
    Access.requireSiteAdmin(principal);
    GeneralSettingsRequest request = GeneralSettingsRequest.of(call);
    return Reply.document(
        200, GeneralSettingsResource.document(settings.change(principal, request::over)));
  }
}
