package io.terrarium.operations.backup;

import io.terrarium.kernel.vault.Transit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What somebody has worked at in an installation: a workspace with variables, a configuration, a
/// run whose plan is at work and one that was applied, a state, logs.
final class Sample {
  static final String SECRET = "s3cr3t\twith\ttabs and \\ \"quotes\"\n";
  static final byte[] SLUG = "slug".repeat(300_000).getBytes(StandardCharsets.UTF_8);
  static final byte[] SCHEMAS = gzip("{\"schemas\":{}}");
  static final byte[] FINISHED_LOG = "line\n".repeat(400_000).getBytes(StandardCharsets.UTF_8);
  static final byte[] LIVE_LOG = "so far".getBytes(StandardCharsets.UTF_8);

  private Sample() {}

  static void fill(Installation here) {
    here.database().useTransaction(db -> rows(db, here.vault()));
    Blobs blobs = here.blobs();
    blobs.store("configuration-versions/cv-1/slug/x", "", new ByteArrayInputStream(SLUG));
    blobs.store("states/sv-1", "", new ByteArrayInputStream(new byte[0]));
    blobs.store("plans/plan-1/2/plan", "", new ByteArrayInputStream(SLUG));
    blobs.store("plans/plan-1/2/schemas.json", "gzip", new ByteArrayInputStream(SCHEMAS));
    blobs.appendLog("logs/plan-1", 2, 0, FINISHED_LOG, true);
    blobs.appendLog("logs/plan-2", 1, 0, LIVE_LOG, false);
  }

  private static void rows(Handle db, Transit vault) {
    run(
        db,
        "INSERT INTO users (external_id, username, email, password_digest, created_at)"
            + " VALUES ('user-1', 'ada', 'ada@example.com', 'digest', now())",
        "INSERT INTO organizations (external_id, name, email, created_at)"
            + " VALUES ('org-1', 'acme', 'a@example.com', now())",
        "INSERT INTO projects (external_id, organization_id, name, created_at)"
            + " VALUES ('prj-1', 1, 'tab\there', now())",
        "INSERT INTO workspaces (external_id, organization_id, project_id, name,"
            + " terraform_version, global_remote_state, trigger_prefixes, created_at, updated_at,"
            + " latest_change_at) VALUES ('ws-1', 1, 1, 'one', '1.11.4', true,"
            + " ARRAY['a,b', 'c\"d'], now(), now(), now())",
        "INSERT INTO configuration_versions (external_id, workspace_id, status, source,"
            + " is_speculative, is_provisional, auto_queue_runs, object_id, created_at) VALUES"
            + " ('cv-1', 1, 'uploaded', 'api', false, false, false,"
            + " 'configuration-versions/cv-1/slug/x', now())",
        "INSERT INTO data_retention_policies (external_id, workspace_id, state_days, created_at)"
            + " VALUES ('drp-1', 1, 3, now())",
        "INSERT INTO outbox (jid, class, queue, argument, flow, created_at) VALUES"
            + " ('jid-1', 'Some::Job', 'default', '{\"a\": \"b\\\\c\"}', 'f', now())",
        "INSERT INTO workers (worker, node, slots, free, draining, sandbox, seen_at) VALUES"
            + " ('worker-of-this-installation', 'n', 1, 1, false, 's', now())");
    variable(db, "A", vault.encrypt("atlas_variables", SECRET.getBytes(StandardCharsets.UTF_8)));
    variable(db, "B", null);
    String pinned =
        "[{\"key\":\"A\",\"ciphertext\":\"%s\",\"category\":\"ENV\"},{\"key\":\"B\",\"ciphertext\":null}]"
            .formatted(vault.encrypt("atlas_variables", SECRET.getBytes(StandardCharsets.UTF_8)));
    runs(db, pinned);
    registry(db);
    db.createUpdate(
            "INSERT INTO state_version_outputs (external_id, state_version_id, name, is_sensitive,"
                + " type, detailed_type, value_ciphertext)"
                + " VALUES ('wsout-1', 1, 'o', true, 'string', '\"string\"', :value)")
        .bind("value", vault.encrypt("atlas_outputs", SECRET.getBytes(StandardCharsets.UTF_8)))
        .execute();
  }

  private static void registry(Handle db) {
    run(
        db,
        "INSERT INTO registry.module_versions (external_id, organization_id, name, provider,"
            + " version, object_id, published_at, status, is_told) VALUES ('modver-1', 'org-1', 'network',"
            + " 'aws', '1.0.0', 'module-versions/modver-1/slug', now(), 'ok', true)",
        "INSERT INTO registry.module_contents (module_version_id, path, readme, inputs, outputs,"
            + " resources, provider_dependencies, module_calls)"
            + " VALUES (1, '', 'a' || chr(9) || 'b', '[{\"a\": 1}]', '[]', '[]', '[]', '[]')");
  }

  private static void runs(Handle db, String pinned) {
    for (int run = 1; run <= 2; run++) {
      db.createUpdate(
              "INSERT INTO runs (external_id, organization_id, workspace_id,"
                  + " configuration_version_id, status, operation, message, source,"
                  + " trigger_reason, is_destroy, refresh, refresh_only, auto_apply,"
                  + " allow_empty_apply, allow_config_generation, plan_only, save_plan,"
                  + " debugging_mode, structured_log, pinned_variables_ciphertext,"
                  + " terraform_version, priority, status_timestamps, status_changed_at,"
                  + " created_at, triggering_run_id) VALUES (:id, 1, 1, 1, 'planning',"
                  + " 'plan_and_apply', 'm', 's', 'r', false, true, false, false, false, false,"
                  + " false, false, false, false, :pinned, '1.11.4', 1, '{}', now(), now(), 1)")
          .bind("id", "run-" + run)
          .bind("pinned", pinned)
          .execute();
    }
    run(
        db,
        "INSERT INTO phases (external_id, run_id, phase, status, attempt) VALUES"
            + " ('plan-1', 1, 'plan', 'finished', 2), ('plan-2', 2, 'plan', 'running', 1)",
        "INSERT INTO state_versions (external_id, workspace_id, status, serial, object_id,"
            + " resources, created_at) VALUES"
            + " ('sv-1', 1, 'finalized', 1, 'states/sv-1', '[{\"a\": \"\\\\n\"}]', now()),"
            + " ('sv-2', 1, 'finalized', 2, 'states/gone', '[]', now())");
  }

  private static void variable(Handle db, String key, @Nullable String ciphertext) {
    db.createUpdate(
            "INSERT INTO variables (external_id, workspace_id, key, value_ciphertext, category,"
                + " version_id, created_at) VALUES (:id, 1, :key, :value, 'env', 'v', now())")
        .bind("id", "var-" + key)
        .bind("key", key)
        .bind("value", ciphertext)
        .execute();
  }

  private static void run(Handle db, String... statements) {
    for (String statement : statements) {
      db.execute(statement);
    }
  }

  /// All rows but the sealed values, table by table, as text.
  static List<String> rows(Installation here) {
    SnapshotStore store = new SnapshotStore();
    return here.database()
        .read(db ->
            store.catalogue(db).tables().stream()
                .map(table -> table.name() + ": " + rows(db, table))
                .toList());
  }

  private static String rows(Handle db, SnapshotRecord.Table table) {
    String columns =
        table.columns().stream()
            .filter(column -> !column.endsWith("_ciphertext"))
            .map(column -> "\"" + column + "\"")
            .collect(Collectors.joining(", "));
    return db.createQuery(
            "SELECT CAST(r AS text) FROM (SELECT %s FROM %s) r ORDER BY 1"
                .formatted(columns, SnapshotStore.quotedTable(table.name())))
        .mapTo(String.class)
        .list()
        .toString();
  }

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
