package io.terrarium.core.admin;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An organization as site admins see it.
public record AdminOrganization(
    long key,
    OrganizationId id,
    String name,
    String email,
    List<UserId> owners,
    AdminOptions options) {
  public AdminOrganization {
    owners = List.copyOf(owners);
  }

  /// What site admins alone decide about an organization.
  ///
  /// @param accessBetaTools whether its workspaces may use beta versions of Terraform
  /// @param disabled nobody can do or see anything in it, and none of its runs begins
  /// @param planTimeoutSeconds null for the site's
  /// @param applyTimeoutSeconds null for the site's
  /// @param workspaceLimit null for the site's, 0 for none
  public record AdminOptions(
      boolean accessBetaTools,
      boolean disabled,
      boolean globalModuleSharing,
      boolean globalProviderSharing,
      @Nullable Integer planTimeoutSeconds,
      @Nullable Integer applyTimeoutSeconds,
      @Nullable Integer workspaceLimit) {}
}
