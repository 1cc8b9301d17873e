package io.terrarium.atlas.api.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.api.Identifiers;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.workspace.Tag;
import io.terrarium.core.workspace.VcsRepoChanges;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceChanges;
import io.terrarium.core.workspace.WorkspaceFilter;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what clients send about workspaces, and what people fill in.
public final class WorkspaceRequests {
  private static final Pattern TAGGED =
      Pattern.compile("filter\\[tagged]\\[(\\d+)]\\[(key|value)]");
  private static final List<String> UNAVAILABLE =
      List.of("auto-destroy-at", "auto-destroy-activity-duration", "agent-pool-id");

  private WorkspaceRequests() {}

  public static WorkspaceChanges changes(Incoming body, boolean replacesTags) {
    for (String attribute : UNAVAILABLE) {
      if (body.tree(attribute).isPresent()) {
        body.problem(attribute, "is not available on this site");
      }
    }
    List<Tag> tags = new ArrayList<>();
    body.relationships("tags").forEach(tag -> tags.add(new Tag(name(tag), null)));
    body.relationships("tag-bindings").forEach(tag -> tags.add(TagBindingResource.read(tag)));
    WorkspaceChanges changes =
        new WorkspaceChanges(
            body.text("name"),
            body.text("description"),
            body.text("execution-mode"),
            body.flag("operations"),
            body.tree("setting-overwrites")
                .map(overwrites -> overwrites.path("execution-mode"))
                .filter(overwrites -> overwrites.asText().equals("false"))
                .isPresent(),
            body.text("terraform-version"),
            body.text("working-directory"),
            body.flag("auto-apply"),
            body.flag("auto-apply-run-trigger"),
            body.flag("allow-destroy-plan"),
            body.flag("assessments-enabled"),
            body.flag("file-triggers-enabled"),
            body.flag("global-remote-state"),
            body.flag("queue-all-runs"),
            body.flag("speculative-enabled"),
            body.flag("structured-run-output-enabled"),
            body.texts("trigger-prefixes"),
            body.texts("trigger-patterns"),
            vcsRepo(body),
            body.relationship("project").map(ProjectId::new),
            tags,
            replacesTags);
    body.check();
    return changes;
  }

  private static Patch<VcsRepoChanges> vcsRepo(Incoming body) {
    if (!body.has("vcs-repo")) {
      return new Patch.Absent<>();
    }
    if (body.tree("vcs-repo").isEmpty()) {
      return new Patch.Null<>();
    }
    Incoming repository = body.nested("vcs-repo");
    if (repository.text("github-app-installation-id").given().isPresent()) {
      repository.problem(
          "github-app-installation-id", "is not available on this site; use oauth-token-id");
    }
    return new Patch.Value<>(
        new VcsRepoChanges(
            repository.text("identifier"),
            repository.text("display-identifier"),
            repository.text("oauth-token-id"),
            repository.text("branch"),
            repository.flag("ingress-submodules"),
            repository.text("tags-regex")));
  }

  static Workspace.Origin origin(Incoming body) {
    return new Workspace.Origin(
        "tfe-api",
        body.text("source-name").given().orElse(null),
        body.text("source-url").given().orElse(null));
  }

  static WorkspaceFilter filter(Call call) {
    WorkspaceFilter.Sort sort =
        call.query("sort")
            .filter(text -> !text.isBlank())
            .map(text ->
                WorkspaceFilter.Sort.of(text)
                    .orElseThrow(() -> new Fault.BadRequest("Invalid sort parameter")))
            .orElse(WorkspaceFilter.Sort.NAME);
    return new WorkspaceFilter(
        text(call, "search[name]"),
        text(call, "search[wildcard-name]"),
        call.queryList("search[tags]"),
        call.queryList("search[exclude-tags]"),
        text(call, "filter[project][id]").map(ProjectId::new),
        call.queryList("filter[current-run][status]"),
        new WorkspaceFilter.Tagged(
            tagged(call),
            flag(call, "filter[tag-union]"),
            flag(call, "filter[tag-value-default-null]")),
        sort);
  }

  private static boolean flag(Call call, String name) {
    String value = call.query(name).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw new Fault.BadRequest(name + " must be true or false.");
    }
    return value.equals("true");
  }

  /// The elements of a list of `tag-bindings`, which is the whole body.
  static List<Tag> tags(Call call) {
    return Identifiers.elements(call).stream().map(TagBindingResource::read).toList();
  }

  static String name(JsonNode tag) {
    return tag.path("attributes").path("name").asText("");
  }

  private static Optional<String> text(Call call, String name) {
    return call.query(name).filter(value -> !value.isBlank());
  }

  private record Asked(@Nullable String key, @Nullable String value) {}

  private static List<Tag> tagged(Call call) {
    Map<Integer, Asked> byIndex = new TreeMap<>();
    for (Map.Entry<String, String> query : call.queries()) {
      Matcher matcher = TAGGED.matcher(query.getKey());
      if (matcher.matches() && matcher.group(1).length() < 5) {
        boolean isKey = matcher.group(2).equals("key");
        Asked asked = isKey ? new Asked(query.getValue(), null) : new Asked(null, query.getValue());
        byIndex.merge(Integer.valueOf(matcher.group(1)), asked, WorkspaceRequests::both);
      }
    }
    List<Tag> tags = new ArrayList<>();
    for (Asked asked : byIndex.values()) {
      String key = asked.key();
      if (key != null && !key.isEmpty()) {
        tags.add(new Tag(key, asked.value()));
      }
    }
    return tags;
  }

  private static Asked both(Asked first, Asked second) {
    return new Asked(
        first.key() == null ? second.key() : first.key(),
        first.value() == null ? second.value() : first.value());
  }
}
