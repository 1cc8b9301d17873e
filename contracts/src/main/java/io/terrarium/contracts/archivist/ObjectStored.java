package io.terrarium.contracts.archivist;

/// Archivist's word to atlas that an object is safe in the store. May come twice.
///
/// @param objectId the key of the object
/// @param sha256 hex digest of the bytes as uploaded
/// @param md5 hex digest of the bytes as uploaded
/// @param attempt as in the claims
public record ObjectStored(
    int v,
    String type,
    String id,
    String objectId,
    long bytes,
    String sha256,
    String md5,
    int attempt) {
  public static final int VERSION = 1;
}
