package io.terrarium.contracts.internal;

import java.util.List;

/// What site admins have said about the version of Terraform that a build is to use.
///
/// @param archives where it comes from; without any it is the worker's own, or its maker's
/// @param disabled versions that no constraint may lead to
public record TerraformOffer(List<Archive> archives, List<String> disabled) {
  public static final TerraformOffer NONE = new TerraformOffer(List.of(), List.of());

  public TerraformOffer {
    archives = List.copyOf(archives);
    disabled = List.copyOf(disabled);
  }

  /// A zip with the program for one system.
  ///
  /// @param sha its SHA-256 sum
  public record Archive(String os, String arch, String url, String sha) {
    public boolean isFor(String anOs, String anArch) {
      return os.equals(anOs) && arch.equals(anArch);
    }

    /// As Terraform names it, such as `linux_amd64`.
    public String platform() {
      return os + "_" + arch;
    }
  }
}
