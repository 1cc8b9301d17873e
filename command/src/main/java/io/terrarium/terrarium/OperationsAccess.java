package io.terrarium.terrarium;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How `terrarium admin` finds operations of this node: by the data directory of a mesh here, or,
/// in a service's container, by the environment of that service.
final class OperationsAccess {
  private static final String TOKEN = "TERRARIUM_INTERNAL_API_TOKEN";
  private static final int USUAL_PORT = 23_005;

  /// Where operations are not in the same container.
  private static final String ADDRESS = "TERRARIUM_OPERATIONS_URL";

  @Option(names = "--data", paramLabel = "DIR", description = "The mesh's data directory.")
  private @Nullable Path data;

  ApiAccess open() {
    Env env = Env.system();
    Optional<Secret> token = data == null ? env.findSecret(TOKEN) : Optional.empty();
    if (token.isPresent()) {
      int port = env.integer("TERRARIUM_OPERATIONS_PORT", USUAL_PORT, 1, 65_535);
      URI address =
          env.find(ADDRESS).isPresent() ? env.uri(ADDRESS) : URI.create("http://127.0.0.1:" + port);
      env.check();
      return new ApiAccess(address, token.get().value());
    }
    Path place = PlaceOptions.data(data);
    URI address =
        StatusFile.operations(place)
            .orElseThrow(() -> new MeshFault("no mesh runs on " + place + "; see --data"));
    return new ApiAccess(address, InternalToken.read(place));
  }
}
