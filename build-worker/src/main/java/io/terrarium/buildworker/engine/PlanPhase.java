package io.terrarium.buildworker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.fault.BuildFault;
import io.terrarium.buildworker.result.PlanFacts;
import io.terrarium.buildworker.result.Redaction;
import io.terrarium.contracts.build.BuildEvent.PlanSummary;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.BuildSpecification.Options;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// `terraform plan`, and its results to archivist.
final class PlanPhase {
  private final BuildSpecification build;
  private final Workplace workplace;
  private final ObjectTransfer objects;
  private final SchemaCache schemas;
  private final String terraformVersion;

  PlanPhase(
      EngineConfig config,
      BuildSpecification build,
      Workplace workplace,
      ObjectTransfer objects,
      String terraformVersion) {
    this.build = build;
    this.workplace = workplace;
    this.objects = objects;
    this.schemas = new SchemaCache(config.schemas());
    this.terraformVersion = terraformVersion;
  }

  /// @param more options of terraform's, for its variables among others
  PlanSummary run(List<String> more) throws InterruptedException {
    Path planFile = workplace.directory().file("plan.tfplan");
    Path generated = workplace.working().resolve("generated.tf");
    workplace.runLive(arguments(more, planFile, generated), (_, _) -> {});
    try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Path> shown =
          side.submit(() ->
              workplace.runQuietly(List.of("show", "-json", planFile.toString()), "plan.json"));
      String key = schemas.key(workplace.working(), terraformVersion);
      Optional<JsonNode> known = schemas.find(key);
      Future<JsonNode> told = side.submit(() -> known.isPresent() ? known.get() : askSchemas(key));
      Future<?> stored =
          side.submit(() -> {
            objects.upload(build.objects().plan(), planFile, "plan");
            return planFile;
          });
      Path planJson = get(shown);
      JsonNode plan = Json.SNAKE.readTree(planJson.toFile());
      JsonNode schema = get(told);
      if (known.isPresent() && !SchemaCache.covers(schema, PlanFacts.providers(plan))) {
        schema = askSchemas(key);
      }
      store(planJson, Redaction.of(plan, schema));
      get(stored);
      return new PlanSummary(
          PlanFacts.hasChanges(plan),
          PlanFacts.changes(plan),
          terraformVersion,
          generated(generated));
    } catch (IOException e) {
      throw new BuildFault("The plan cannot be read.", e);
    }
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BuildFault fault) {
        throw fault;
      }
      throw new BuildFault("The plan cannot be read: " + e.getCause(), e);
    }
  }

  private JsonNode askSchemas(String key) throws IOException, InterruptedException {
    Path file = workplace.runQuietly(List.of("providers", "schema", "-json"), "schemas.json");
    schemas.keep(key, file);
    return Json.SNAKE.readTree(file.toFile());
  }

  private void store(Path planJson, JsonNode redacted) throws IOException, InterruptedException {
    String whole = build.objects().planJson();
    if (whole != null) {
      objects.upload(whole, planJson, "plan's JSON");
    }
    String path = build.objects().planJsonRedacted();
    if (path != null) {
      Path file = workplace.directory().file("plan-redacted.json");
      RunDirectory.writePrivate(file, Json.SNAKE.writeValueAsBytes(redacted));
      objects.upload(path, file, "redacted plan");
    }
  }

  private @Nullable String generated(Path file) throws IOException {
    return build.options().generateConfiguration() && Files.exists(file)
        ? Files.readString(file)
        : null;
  }

  private List<String> arguments(List<String> more, Path planFile, Path generated) {
    Options options = build.options();
    List<String> arguments = new ArrayList<>(List.of("plan", "-input=false", "-out=" + planFile));
    if (build.structuredLog()) {
      arguments.add("-json");
    }
    if (options.destroy()) {
      arguments.add("-destroy");
    }
    if (options.refreshOnly()) {
      arguments.add("-refresh-only");
    } else if (!options.refresh()) {
      arguments.add("-refresh=false");
    }
    if (options.generateConfiguration()) {
      arguments.add("-generate-config-out=" + generated.getFileName());
    }
    options.targets().forEach(target -> arguments.add("-target=" + target));
    options.replacements().forEach(address -> arguments.add("-replace=" + address));
    arguments.addAll(more);
    return List.copyOf(arguments);
  }
}
