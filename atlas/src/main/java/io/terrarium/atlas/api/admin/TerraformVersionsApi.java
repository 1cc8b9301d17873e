package io.terrarium.atlas.api.admin;

import io.terrarium.contracts.id.TerraformVersionId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.terraformversion.TerraformVersion;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;

/// Which versions of Terraform there are, for site admins.
final class TerraformVersionsApi {
  private static final String ALL = "/api/v2/admin/terraform-versions";
  private static final String ONE = ALL + "/:terraform_version_id";

  private final TerraformVersions versions;

  TerraformVersionsApi(TerraformVersions versions) {
    this.versions = versions;
  }

  void mount(Api api) {
    api.get(ALL, this::list);
    api.post(ALL, this::create);
    api.get(ONE, this::show);
    api.patch(ONE, this::update);
    api.delete(ONE, this::delete);
  }

  private Reply list(Call call) {
    return Reply.document(
        200,
        Listing.of(
            call,
            versions
                .list(
                    call.get(Principal.class),
                    AdminQuery.text(call, "filter[version]"),
                    AdminQuery.text(call, "search[version]"),
                    Page.of(call))
                .map(TerraformVersionResource::of)));
  }

  private Reply create(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    return document(201, versions.create(caller, TerraformVersionRequest.of(call).created()));
  }

  private Reply show(Call call) {
    return document(200, versions.find(call.get(Principal.class), id(call)));
  }

  private Reply update(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    TerraformVersionRequest request = TerraformVersionRequest.of(call);
    return document(200, versions.update(caller, id(call), request::over));
  }

  private Reply delete(Call call) {
    versions.delete(call.get(Principal.class), id(call));
    return Reply.noContent();
  }

  private static TerraformVersionId id(Call call) {
    return call.path("terraform_version_id", TerraformVersionId::new);
  }

  private static Reply document(int status, TerraformVersion version) {
    return Reply.document(status, Document.of(TerraformVersionResource.of(version)));
  }
}
