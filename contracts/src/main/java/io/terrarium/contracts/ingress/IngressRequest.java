package io.terrarium.contracts.ingress;

import java.util.List;

/// Asks for a commit to be fetched, packed and stored.
///
/// @param directory of the repository that is packed alone, without slashes around it; "" for all
///   of it
/// @param submodules whether those of the repository come along
/// @param uploadPaths signed paths at archivist, which all get the same slug
public record IngressRequest(
    int v,
    GitRemote remote,
    GitRevision revision,
    String directory,
    boolean submodules,
    List<String> uploadPaths) {
  public static final int VERSION = 2;

  public IngressRequest {
    uploadPaths = List.copyOf(uploadPaths);
  }
}
