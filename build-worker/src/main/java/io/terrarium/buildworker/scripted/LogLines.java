package io.terrarium.buildworker.scripted;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.kernel.json.Json;
import java.time.Clock;
import java.util.Locale;

/// Lines of a log as terraform prints them: plain, or each a JSON document.
record LogLines(boolean isStructured, Clock clock) {
  String line(String text) {
    return isStructured ? document("info", text, "log").toString() : text;
  }

  String error(String summary) {
    if (!isStructured) {
      return "\nError: " + summary + "\n";
    }
    ObjectNode document = document("error", "Error: " + summary, "diagnostic");
    document
        .putObject("diagnostic")
        .put("severity", "error")
        .put("summary", summary)
        .put("detail", "");
    return document.toString();
  }

  String planned(Changes changes, boolean hasChanges) {
    String text =
        hasChanges
            ? String.format(
                Locale.ROOT,
                "Plan: %s%d to add, %d to change, %d to destroy.",
                changes.imports() > 0 ? changes.imports() + " to import, " : "",
                changes.additions(),
                changes.changes(),
                changes.destructions())
            : "No changes. Your infrastructure matches the configuration.";
    return summary(text, changes, "plan");
  }

  String applied(Changes changes) {
    String text =
        String.format(
            Locale.ROOT,
            "Apply complete! Resources: %s%d added, %d changed, %d destroyed.",
            changes.imports() > 0 ? changes.imports() + " imported, " : "",
            changes.additions(),
            changes.changes(),
            changes.destructions());
    return summary(text, changes, "apply");
  }

  private String summary(String text, Changes changes, String operation) {
    if (!isStructured) {
      return "\n" + text + "\n";
    }
    ObjectNode document = document("info", text, "change_summary");
    document
        .putObject("changes")
        .put("add", changes.additions())
        .put("change", changes.changes())
        .put("import", changes.imports())
        .put("remove", changes.destructions())
        .put("operation", operation);
    return document.toString();
  }

  private ObjectNode document(String level, String message, String type) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("@level", level)
        .put("@message", message)
        .put("@module", "terrarium.scripted")
        .put("@timestamp", Json.format(clock.instant()))
        .put("type", type);
  }
}
