package io.terrarium.contracts.registry;

import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Atlas offers a version of a module to the registry. May come twice; another object for the same
/// id is read anew.
///
/// @param organizationId whose it is: names change hands, ids never do
/// @param provider that the module is for, such as `aws`
/// @param version a semantic version, without a `v` before it
/// @param objectId of the slug in archivist
/// @param source address of the repository that it came from; absent where it was uploaded
public record ModuleVersionOffer(
    int v,
    ModuleVersionId moduleVersionId,
    OrganizationId organizationId,
    String name,
    String provider,
    String version,
    String objectId,
    Instant publishedAt,
    @Nullable String source) {
  public static final int VERSION = 2;
}
