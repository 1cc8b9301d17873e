package io.terrarium.buildworker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.buildworker.engine.SchemaCache.Schemas;
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
    try (Alongside side = new Alongside()) {
      Alongside.Work<Path> shown =
          side.start(() ->
              workplace.runQuietly(List.of("show", "-json", planFile.toString()), "plan.json"));
      String key = schemas.key(workplace.working(), terraformVersion);
      Optional<Schemas> known = schemas.find(key);
      Alongside.Work<Schemas> told =
          side.start(() -> known.isPresent() ? known.get() : askSchemas(key));
      Alongside.Work<Path> stored =
          side.start(() -> store(build.objects().plan(), planFile, "plan"));
      Path planJson = shown.result();
      Alongside.Work<Path> storedJson =
          side.start(() -> store(build.objects().planJson(), planJson, "plan's JSON"));
      JsonNode plan = Json.SNAKE.readTree(planJson.toFile());
      Schemas cached = told.result();
      Schemas schema =
          known.isPresent() && !cached.cover(PlanFacts.providers(plan)) ? askSchemas(key) : cached;
      Alongside.Work<Path> storedSchemas = side.start(() -> storeSchemas(schema.compressed()));
      storeRedacted(Redaction.of(plan, schema.tree()));
      stored.result();
      storedJson.result();
      storedSchemas.result();
      return new PlanSummary(
          PlanFacts.hasChanges(plan),
          PlanFacts.changes(plan),
          terraformVersion,
          generated(generated),
          build.objects().planSchemas() != null);
    } catch (IOException e) {
      throw new BuildFault("The plan cannot be read.", e);
    }
  }

  private Schemas askSchemas(String key) throws IOException, InterruptedException {
    return schemas.keep(
        key, workplace.runQuietly(List.of("providers", "schema", "-json"), "schemas.json"));
  }

  private Path storeSchemas(Path compressed) throws InterruptedException {
    String path = build.objects().planSchemas();
    if (path != null) {
      objects.uploadGzip(path, compressed, "schemas of the providers");
    }
    return compressed;
  }

  /// @param path in archivist, null when nobody wants it
  private Path store(@Nullable String path, Path file, String what) throws InterruptedException {
    if (path != null) {
      objects.upload(path, file, what);
    }
    return file;
  }

  private void storeRedacted(JsonNode redacted) throws IOException, InterruptedException {
    Path file = workplace.directory().file("plan-redacted.json");
    RunDirectory.writePrivate(file, Json.SNAKE.writeValueAsBytes(redacted));
    store(build.objects().planJsonRedacted(), file, "redacted plan");
  }

  private @Nullable String generated(Path file) throws IOException {
    return build.options().generateConfiguration() && RunDirectory.isPlain(file)
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
