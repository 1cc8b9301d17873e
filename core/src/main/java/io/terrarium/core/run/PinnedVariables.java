package io.terrarium.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.terrarium.contracts.internal.BuildSpecification.Category;
import io.terrarium.contracts.internal.BuildSpecification.Origin;
import io.terrarium.contracts.internal.BuildSpecification.Variable;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.vault.Transit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The variables of a run. Those of the workspace, its own and those of its sets, are pinned when
/// the run is created, by copying their ciphertexts; nothing is decrypted before a worker has
/// claimed the run.
final class PinnedVariables {
  private static final String KEY_OF_VARIABLES = "atlas_variables";
  private static final String KEY_OF_RUNS = "atlas_runs";

  private static final String PIN =
      """
      SELECT v.key, v.value_ciphertext, v.category, v.is_hcl, v.is_sensitive, e.is_priority
        FROM effective_variables e JOIN variables v ON v.id = e.variable_id
       WHERE e.workspace_id = :workspace ORDER BY v.category, v.key
      """;

  private final Transit transit;

  PinnedVariables(Transit transit) {
    this.transit = transit;
  }

  /// @param priority it wins over what is given with the run; runs of older versions do not say
  private record Pinned(
      String key,
      @Nullable String ciphertext,
      Category category,
      boolean hcl,
      boolean sensitive,
      boolean priority) {}

  /// A variable given with the run itself; the value is an HCL literal.
  record Given(String key, String value) {}

  /// What reaches the workspace now and wins there, as text for a column.
  String pin(Handle db, long workspaceKey) {
    List<Pinned> pinned =
        db.createQuery(PIN)
            .bind("workspace", workspaceKey)
            .map((row, _) ->
                new Pinned(
                    row.getString("key"),
                    row.getString("value_ciphertext"),
                    Category.valueOf(row.getString("category").toUpperCase(Locale.ROOT)),
                    row.getBoolean("is_hcl"),
                    row.getBoolean("is_sensitive"),
                    row.getBoolean("is_priority")))
            .list();
    return write(pinned);
  }

  /// What `given` holds, encrypted; null when nothing was given.
  @Nullable String seal(List<Given> given) {
    return given.isEmpty()
        ? null
        : transit.encrypt(KEY_OF_RUNS, write(given).getBytes(StandardCharsets.UTF_8));
  }

  private List<Given> open(@Nullable String ciphertext) {
    return ciphertext == null ? List.of() : open(List.of(ciphertext)).getFirst();
  }

  /// What each of them holds, decrypted in one call.
  List<List<Given>> open(List<String> ciphertexts) {
    if (ciphertexts.isEmpty()) {
      return List.of();
    }
    List<List<Given>> all = new ArrayList<>();
    for (byte[] json : transit.decryptAll(KEY_OF_RUNS, ciphertexts)) {
      all.add(read(new String(json, StandardCharsets.UTF_8), new TypeReference<>() {}));
    }
    return all;
  }

  /// All variables of a run in the order of precedence, later ones win, decrypted in one call.
  List<Variable> resolve(String pinnedText, @Nullable String givenCiphertext) {
    List<Pinned> pinned = read(pinnedText, new TypeReference<>() {});
    List<String> ciphertexts = new ArrayList<>();
    for (Pinned variable : pinned) {
      if (variable.ciphertext() != null) {
        ciphertexts.add(variable.ciphertext());
      }
    }
    List<byte[]> plaintexts =
        ciphertexts.isEmpty() ? List.of() : transit.decryptAll(KEY_OF_VARIABLES, ciphertexts);
    List<Variable> variables = new ArrayList<>();
    List<Variable> overriding = new ArrayList<>();
    int next = 0;
    for (Pinned variable : pinned) {
      String value =
          variable.ciphertext() == null
              ? ""
              : new String(plaintexts.get(next++), StandardCharsets.UTF_8);
      (variable.priority() ? overriding : variables)
          .add(
              new Variable(
                  variable.key(),
                  value,
                  variable.category(),
                  variable.hcl(),
                  variable.sensitive(),
                  Origin.WORKSPACE));
    }
    for (Given given : open(givenCiphertext)) {
      variables.add(
          new Variable(given.key(), given.value(), Category.TERRAFORM, true, false, Origin.RUN));
    }
    variables.addAll(overriding);
    return List.copyOf(variables);
  }

  private static String write(Object value) {
    try {
      return Json.SNAKE.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("variables are always JSON", e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.SNAKE.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds variables", e);
    }
  }
}
