package io.terrarium.atlas.api.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.run.NewRun;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what clients send about runs, and what people fill in.
public final class RunRequests {
  private static final int MESSAGE_CHARACTERS_MAX = 4096;

  private RunRequests() {}

  static NewRun create(Call call) {
    Incoming body = Incoming.of(call, "runs");
    WorkspaceId workspace =
        body.relationship("workspace")
            .map(WorkspaceId::new)
            .orElseThrow(() ->
                new Fault.Invalid(
                    List.of(
                        new Fault.Problem(
                            "A run needs a workspace.", "/data/relationships/workspace"))));
    boolean isByTerraform =
        call.header("X-Terraform-Integration").filter("cloud"::equals).isPresent();
    return create(body, workspace, "tfe-api", isByTerraform);
  }

  /// @param source in the API's words
  /// @param isByTerraform the client renders JSON lines
  public static NewRun create(
      Incoming body, WorkspaceId workspace, String source, boolean isByTerraform) {
    String message = body.text("message").over("", "");
    if (message.length() > MESSAGE_CHARACTERS_MAX) {
      body.problem("message", "must have at most " + MESSAGE_CHARACTERS_MAX + " characters");
    }
    NewRun run =
        new NewRun(
            workspace,
            body.relationship("configuration-version").map(ConfigurationVersionId::new),
            Optional.of(message),
            source,
            "manual",
            body.flag("is-destroy").over(false),
            body.flag("refresh").over(true),
            body.flag("refresh-only").over(false),
            body.flag("auto-apply").given(),
            body.flag("allow-empty-apply").over(false),
            body.flag("allow-config-generation").over(false),
            body.flag("plan-only").given(),
            body.flag("save-plan").over(false),
            body.flag("debugging-mode").over(false),
            isByTerraform,
            body.text("terraform-version").given().filter(version -> !version.isBlank()),
            addresses(body, "target-addrs"),
            addresses(body, "replace-addrs"),
            variables(body));
    body.check();
    return run;
  }

  private static @Nullable List<String> addresses(Incoming body, String attribute) {
    return body.texts(attribute).given().filter(list -> !list.isEmpty()).orElse(null);
  }

  private static List<NewRun.Variable> variables(Incoming body) {
    List<NewRun.Variable> variables = new ArrayList<>();
    Optional<JsonNode> given = body.tree("variables");
    if (given.isEmpty()) {
      return variables;
    }
    for (JsonNode variable : given.get()) {
      JsonNode key = variable.path("key");
      JsonNode value = variable.path("value");
      if (!key.isTextual() || !value.isTextual()) {
        body.problem("variables", "must be a list of objects with the texts key and value");
        break;
      }
      variables.add(new NewRun.Variable(key.asText(), value.asText()));
    }
    return variables;
  }
}
