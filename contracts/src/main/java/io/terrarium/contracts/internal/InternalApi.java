package io.terrarium.contracts.internal;

import java.util.regex.Pattern;

/// Paths of the internal routes. All are behind the router's internal listener (but those of other
/// services than atlas, whose callers address them directly) and carry `Authorization: Bearer
/// <internal_api_token>`.
public final class InternalApi {
  /// atlas: POST [Claims.Request] by a worker that wants to do a phase; 200 [Claims.Granted], 409
  /// [Claims.Held] when another holds it, 410 when the phase is over.
  public static final String CLAIM = "/internal/v1/builds/:phase_id/claim";

  /// atlas: POST [Claims.Beat]; 200 [Claims.Renewed], 409 when the claim is lost.
  public static final String BEAT = "/internal/v1/builds/:phase_id/beat";

  /// atlas: POST a [io.terrarium.contracts.build.BuildEvent]; 204, or 409 for a stale attempt.
  public static final String BUILD_EVENTS = "/internal/v1/build-events";

  /// atlas: POST [WorkerBeat] of every build worker; 200 [WorkerOrders].
  public static final String WORKERS = "/internal/v1/workers";

  /// atlas: GET [NodeBuilds], for operations of that node.
  public static final String NODE_BUILDS = "/internal/v1/nodes/:node/builds";

  /// atlas: GET [CurrentRuns], for the metrics of operations.
  public static final String CURRENT_RUNS = "/internal/v1/runs/current";

  /// atlas: POST a list of [io.terrarium.contracts.hop.Hop]; 204.
  public static final String HOPS = "/internal/v1/hops";

  /// atlas: POST [io.terrarium.contracts.archivist.ObjectStored] by archivist once an object is
  /// safe in the store; 2xx makes archivist answer 2xx to its uploader.
  public static final String OBJECTS = "/internal/v1/objects";

  /// build-manager: POST a [io.terrarium.contracts.build.BuildCommand]; 202 once the broker has it.
  public static final String BUILDS = "/v1/builds";

  /// build-manager: POST a [io.terrarium.contracts.build.CancelSignal]; 202 once the broker has it.
  public static final String CANCELS = "/v1/cancels";

  /// build-manager: GET [io.terrarium.contracts.build.BrokerReport], for the map of the mesh; 503
  /// while the broker does not tell.
  public static final String QUEUES = "/v1/queues";

  /// build-worker: GET [BuildContainers], for the metrics of operations, which addresses it
  /// directly.
  public static final String BUILD_CONTAINERS = "/v1/containers";

  /// state-parser: POST [io.terrarium.contracts.state.ParseRequest]; 200 a `ParsedState`.
  public static final String PARSE = "/v1/parse";

  /// slug-ingress: POST [io.terrarium.contracts.ingress.IngressRequest]; 200 an `Ingested` once
  /// archivist has the slug and has told atlas, 422 an `IngressFailure`, 409 when archivist, or
  /// atlas behind it, does not take the slug; 503 with `Retry-After`, as on the two others, when
  /// all places are taken or a neighbour is away. The answer may take as long as
  /// `TERRARIUM_SLUG_INGRESS_SECONDS_MAX` and a minute of waiting.
  public static final String INGRESS = "/v1/ingress";

  /// slug-ingress: POST [io.terrarium.contracts.ingress.RefsRequest]; 200 `Refs`, 422 an
  /// `IngressFailure`.
  public static final String REFS = "/v1/refs";

  /// slug-ingress: POST [io.terrarium.contracts.ingress.ChangesRequest]; 200 `Changes`, 422 an
  /// `IngressFailure`.
  public static final String CHANGES = "/v1/changes";

  /// registry API: POST [io.terrarium.contracts.registry.ModuleVersionOffer]; 202 once it is saved,
  /// 409 while another version has the same address.
  public static final String MODULE_VERSIONS = "/v1/module-versions";

  /// registry API: GET [io.terrarium.contracts.registry.ModuleMetadata]; DELETE, 204 also where
  /// there is none.
  public static final String MODULE_VERSION = "/v1/module-versions/:module_version_id";

  /// registry API: POST [io.terrarium.contracts.registry.ProviderVersionOffer]; 202 once it is
  /// saved, 409 while another version has the same address.
  public static final String PROVIDER_VERSIONS = "/v1/provider-versions";

  /// registry API: DELETE, 204 also where there is none.
  public static final String PROVIDER_VERSION = "/v1/provider-versions/:provider_version_id";

  /// registry worker: POST [io.terrarium.contracts.registry.ExtractionRequest]; 202.
  public static final String EXTRACTIONS = "/v1/extractions";

  /// atlas: POST [io.terrarium.contracts.registry.ModuleExtracted]; 2xx once it is kept, which may
  /// be asked for twice.
  public static final String MODULE_EXTRACTED = "/internal/v1/module-versions";

  /// atlas: POST [io.terrarium.contracts.registry.RegistryAccess.Question]; 200 an `Answer`, 401
  /// for a token that is none.
  public static final String REGISTRY_ACCESS = "/internal/v1/registry-access";

  /// As a regular expression: what is said every few seconds, although nothing has happened.
  public static final String PULSE =
      "/internal/v1/(hops|workers|nodes/[^/]+/builds|builds/[^/]+/beat)";

  private static final Pattern PULSES = Pattern.compile(PULSE);

  private InternalApi() {}

  /// Whether a call of `path` is no event, but part of the mesh's pulse.
  public static boolean isPulse(String path) {
    return PULSES.matcher(path).matches();
  }

  /// `path` with its one parameter filled in.
  public static String at(String path, String id) {
    return path.replaceFirst(":[a-z_]+", id);
  }
}
