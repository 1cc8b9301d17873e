package io.terrarium.contracts.lab;

import io.terrarium.kernel.Secret;
import java.util.Map;

/// What is done to a repository of the lab's Git server.
///
/// @param name `owner/name`
/// @param files what the next commit holds, by path; empty for none
/// @param message of that commit
public record LabRepository(String name, Map<String, String> files, String message) {
  public static final String PATH = LabState.PATH + "/repositories";

  /// How the mesh gets at it.
  ///
  /// @param address of the Git server
  /// @param token that lets in who has it
  public record Access(String address, Secret token) {}

  public LabRepository {
    files = Map.copyOf(files);
  }
}
