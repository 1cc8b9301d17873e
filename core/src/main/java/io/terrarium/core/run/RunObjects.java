package io.terrarium.core.run;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.contracts.archivist.ObjectKeys;
import io.terrarium.contracts.archivist.SignedPaths;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where the blobs of runs are, and signed paths to them. The keys are for ever; each reader gets a
/// path of its own that ends after 25 hours.
public final class RunObjects {
  /// Type of archivist's callback.
  public static final String ERRORED_STATE = "apply-errored-state";

  /// Type of archivist's callback.
  public static final String MODULE_VERSION = "module-version";

  /// Type of archivist's callback: the sums of a version of a provider.
  public static final String PROVIDER_SHASUMS = "provider-shasums";

  /// Type of archivist's callback: their signature.
  public static final String PROVIDER_SIGNATURE = "provider-shasums-signature";

  /// Type of archivist's callback: a provider for one platform.
  public static final String PROVIDER_PACKAGE = "provider-package";

  private static final Duration VALID = Duration.ofHours(25);
  private static final long SLUG_BYTES_MAX = 2L << 30;
  private static final long PACKAGE_BYTES_MAX = 1L << 30;
  private static final long SHASUMS_BYTES_MAX = 1L << 20;
  private static final long PLAN_BYTES_MAX = 1L << 30;
  private static final long STATE_BYTES_MAX = 1L << 30;
  private static final long LOG_BYTES_MAX = 64L << 20;

  /// Stands above every attempt of a worker, for the mesh's own last words.
  private static final int LAST_ATTEMPT = Integer.MAX_VALUE;

  private final SignedPaths paths;
  private final Clock clock;

  public RunObjects(SignedPaths paths, Clock clock) {
    this.paths = paths;
    this.clock = clock;
  }

  /// The keys of all that the attempts of a plan have stored.
  public static List<String> ofPlan(String planId, int attempts) {
    return Stream.concat(
            IntStream.rangeClosed(1, attempts)
                .boxed()
                .flatMap(attempt ->
                    Stream.of(
                        ObjectKeys.plan(planId, attempt),
                        ObjectKeys.planJson(planId, attempt),
                        ObjectKeys.planJsonRedacted(planId, attempt),
                        ObjectKeys.planSchemas(planId, attempt))),
            Stream.of(log(planId)))
        .toList();
  }

  /// The key of the log of a plan or an apply.
  public static String log(String phaseId) {
    return ObjectKeys.log(phaseId);
  }

  public String read(String key) {
    return sign(Action.READ, key, 0, 0, null);
  }

  /// For whoever deletes what nobody knows of any more.
  public String delete(String key) {
    return sign(ObjectKeys.isLog(key) ? Action.DELETE_LOG : Action.DELETE, key, 0, 0, null);
  }

  public String readLog(String phaseId) {
    return sign(Action.READ_LOG, log(phaseId), 0, 0, null);
  }

  public String readPlanJson(RunPhase plan) {
    return read(ObjectKeys.planJson(plan.id(), plan.attempt()));
  }

  public String readPlanJsonRedacted(RunPhase plan) {
    return read(ObjectKeys.planJsonRedacted(plan.id(), plan.attempt()));
  }

  public String readPlanSchemas(RunPhase plan) {
    return read(ObjectKeys.planSchemas(plan.id(), plan.attempt()));
  }

  String write(String key, int attempt) {
    return sign(Action.WRITE, key, PLAN_BYTES_MAX, attempt, null);
  }

  /// For the upload of a configuration; atlas is told when it is stored.
  public String writeConfiguration(String configurationVersionId) {
    return writeTelling(
        "configuration-versions/" + configurationVersionId + "/slug",
        SLUG_BYTES_MAX,
        "configuration-version",
        configurationVersionId);
  }

  /// For the slug of a version of a module; atlas is told when it is stored.
  public String writeModule(String moduleVersionId) {
    return writeTelling(
        "module-versions/" + moduleVersionId + "/slug",
        SLUG_BYTES_MAX,
        MODULE_VERSION,
        moduleVersionId);
  }

  /// For the sums of a version of a provider; atlas is told when they are stored.
  public String writeProviderShasums(String providerVersionId) {
    return writeTelling(
        "provider-versions/" + providerVersionId + "/SHA256SUMS",
        SHASUMS_BYTES_MAX,
        PROVIDER_SHASUMS,
        providerVersionId);
  }

  /// For their signature; atlas is told when it is stored.
  public String writeProviderSignature(String providerVersionId) {
    return writeTelling(
        "provider-versions/" + providerVersionId + "/SHA256SUMS.sig",
        SHASUMS_BYTES_MAX,
        PROVIDER_SIGNATURE,
        providerVersionId);
  }

  /// For a provider on one platform; atlas is told when it is stored.
  public String writeProviderPackage(String providerPlatformId) {
    return writeTelling(
        "provider-platforms/" + providerPlatformId + "/package",
        PACKAGE_BYTES_MAX,
        PROVIDER_PACKAGE,
        providerPlatformId);
  }

  private String writeTelling(String key, long bytesMax, String kind, String id) {
    return sign(Action.WRITE, key, bytesMax, 0, new ObjectClaims.Callback(kind, id));
  }

  String writeState(String applyId, int attempt) {
    return sign(
        Action.WRITE,
        "applies/" + applyId + "/" + attempt + "/state",
        STATE_BYTES_MAX,
        attempt,
        new ObjectClaims.Callback("apply-state", applyId));
  }

  String writeErroredState(String applyId, int attempt) {
    return sign(
        Action.WRITE,
        "applies/" + applyId + "/" + attempt + "/errored-state",
        STATE_BYTES_MAX,
        attempt,
        new ObjectClaims.Callback(ERRORED_STATE, applyId));
  }

  String appendLog(String phaseId, int attempt) {
    return sign(Action.APPEND_LOG, log(phaseId), LOG_BYTES_MAX, attempt, null);
  }

  /// For whoever ends the log in a worker's place.
  public String closeLog(String phaseId) {
    return appendLog(phaseId, LAST_ATTEMPT);
  }

  private String sign(
      Action action,
      String key,
      long bytesMax,
      int attempt,
      ObjectClaims.@Nullable Callback callback) {
    long expires = clock.instant().plus(VALID).getEpochSecond();
    return paths.sign(new ObjectClaims(action, key, expires, bytesMax, attempt, callback));
  }
}
