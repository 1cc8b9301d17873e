package io.terrarium.atlas.api.workspace;

import io.terrarium.core.readme.Readme;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;

/// The README of a workspace on the wire; it comes along with the workspace alone.
public final class ReadmeResource {
  static final String TYPE = "workspace-readme";

  private ReadmeResource() {}

  record Attributes(String rawMarkdown) {}

  public static Resource of(Readme readme) {
    return new Resource(
        readme.id().value(), TYPE, new Attributes(readme.markdown()), Map.of(), Map.of());
  }
}
