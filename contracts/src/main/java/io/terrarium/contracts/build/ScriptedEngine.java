package io.terrarium.contracts.build;

/// How a workspace chooses the scripted engine, which stands in for Terraform: by a version such as
/// `1.11.4+scripted`. Clients compare versions without their metadata, and everything that names
/// the version names the engine.
public final class ScriptedEngine {
  public static final String SUFFIX = "+scripted";

  private ScriptedEngine() {}

  public static boolean isChosenBy(String terraformVersion) {
    return terraformVersion.endsWith(SUFFIX);
  }
}
