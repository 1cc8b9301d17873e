package io.terrarium.atlas.api.workspace;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.atlas.api.retention.RetentionPoliciesApi;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.vcs.Hooks;
import io.terrarium.core.workspace.ExecutionMode;
import io.terrarium.core.workspace.VcsRepo;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceSettings;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A workspace as the API shows it. What Terrarium does not have yet (agents, assessments,
/// ephemeral workspaces) is there as null or false, since clients read it.
public final class WorkspaceResource {
  record Attributes(
      Actions actions,
      boolean allowDestroyPlan,
      @Nullable Integer applyDurationAverage,
      boolean assessmentsEnabled,
      boolean autoApply,
      boolean autoApplyRunTrigger,
      @Nullable String autoDestroyActivityDuration,
      @Nullable Instant autoDestroyAt,
      @Nullable String autoDestroyStatus,
      Instant createdAt,
      @Nullable String description,
      String environment,
      String executionMode,
      boolean fileTriggersEnabled,
      boolean globalRemoteState,
      boolean hyokEnabled,
      boolean inheritsProjectAutoDestroy,
      @Nullable Instant lastAssessmentResultAt,
      Instant latestChangeAt,
      boolean locked,
      @Nullable String lockedReason,
      String name,
      boolean operations,
      Permissions permissions,
      @Nullable Integer planDurationAverage,
      @Nullable Integer policyCheckFailures,
      boolean projectRemoteState,
      boolean queueAllRuns,
      int resourceCount,
      long runFailures,
      SettingOverwrites settingOverwrites,
      String source,
      @Nullable String sourceModuleId,
      @Nullable String sourceName,
      @Nullable String sourceUrl,
      boolean speculativeEnabled,
      boolean structuredRunOutputEnabled,
      List<String> tagNames,
      String terraformVersion,
      List<String> triggerPatterns,
      List<String> triggerPrefixes,
      int unarchivedWorkspaceChangeRequestsCount,
      Instant updatedAt,
      @Nullable VcsRepoAttributes vcsRepo,
      @Nullable String vcsRepoIdentifier,
      String workingDirectory,
      long workspaceKpisRunsCount) {}

  record Actions(boolean isDestroyable) {}

  /// @param branch "" for the default branch
  /// @param webhookUrl what its host calls
  record VcsRepoAttributes(
      String branch,
      String displayIdentifier,
      @Nullable String githubAppInstallationId,
      String identifier,
      boolean ingressSubmodules,
      String oauthTokenId,
      String repositoryHttpUrl,
      String serviceProvider,
      @Nullable String tagsRegex,
      String webhookUrl) {}

  record SettingOverwrites(boolean executionMode, boolean agentPool) {}

  record Permissions(
      boolean canUpdate,
      boolean canDestroy,
      boolean canQueueRun,
      boolean canReadRun,
      boolean canReadVariable,
      boolean canUpdateVariable,
      boolean canReadStateVersions,
      boolean canReadStateOutputs,
      boolean canCreateStateVersions,
      boolean canQueueApply,
      boolean canQueueDestroy,
      boolean canLock,
      boolean canUnlock,
      boolean canForceUnlock,
      boolean canReadSettings,
      boolean canManageTags,
      boolean canManageRunTasks,
      boolean canForceDelete,
      boolean canManageAssessments,
      boolean canManageEphemeralWorkspaces,
      boolean canReadAssessmentResults) {}

  private WorkspaceResource() {}

  /// @param address under which Git hosts reach the site
  public static Resource of(Visible visible, PublicAddress address) {
    Workspace workspace = visible.workspace();
    Workspace.Owner owner = workspace.owner();
    return new Resource(
        workspace.id().value(),
        "workspaces",
        attributes(workspace, visible.access(), address),
        relationships(workspace),
        Map.of(
            "self",
            "/api/v2/organizations/"
                + owner.organizationName()
                + "/workspaces/"
                + workspace.settings().name(),
            "self-html",
            "/app/" + owner.organizationName() + "/workspaces/" + workspace.settings().name()));
  }

  private static Attributes attributes(
      Workspace workspace, WorkspaceAccess access, PublicAddress address) {
    VcsRepo repository = workspace.related().vcsRepo();
    WorkspaceSettings settings = workspace.settings();
    Workspace.Lock lock = workspace.lock();
    boolean overwrites = settings.executionMode() != null;
    return new Attributes(
        new Actions(true),
        settings.allowDestroyPlan(),
        null,
        settings.assessmentsEnabled(),
        settings.autoApply(),
        settings.autoApplyRunTrigger(),
        null,
        null,
        null,
        workspace.times().createdAt(),
        settings.description(),
        "default",
        workspace.executionMode().wire(),
        settings.fileTriggersEnabled(),
        settings.globalRemoteState(),
        false,
        false,
        null,
        workspace.times().latestChangeAt(),
        workspace.isLocked(),
        lock == null ? null : lock.reason(),
        settings.name(),
        workspace.executionMode() != ExecutionMode.LOCAL,
        permissions(access),
        null,
        null,
        false,
        settings.queueAllRuns(),
        workspace.counts().resources(),
        workspace.counts().failedRuns(),
        new SettingOverwrites(overwrites, overwrites),
        workspace.origin().source(),
        null,
        workspace.origin().name(),
        workspace.origin().url(),
        settings.speculativeEnabled(),
        settings.structuredRunOutputEnabled(),
        workspace.tagNames(),
        settings.terraformVersion(),
        settings.triggerPatterns(),
        settings.triggerPrefixes(),
        0,
        workspace.times().updatedAt(),
        repository == null ? null : vcsRepo(repository, address),
        repository == null ? null : repository.identifier(),
        settings.workingDirectory(),
        workspace.counts().runs());
  }

  private static VcsRepoAttributes vcsRepo(VcsRepo repository, PublicAddress address) {
    VcsRepo.Link link = repository.link();
    return new VcsRepoAttributes(
        link.branch(),
        Objects.requireNonNullElse(link.displayIdentifier(), repository.identifier()),
        null,
        repository.identifier(),
        link.ingressSubmodules(),
        repository.token().value(),
        repository.httpUrl(),
        repository.serviceProvider(),
        link.tagsRegex(),
        address.of(Hooks.path(repository.webhookToken())));
  }

  private static Permissions permissions(WorkspaceAccess access) {
    boolean update = access.allows(WorkspaceRight.UPDATE_SETTINGS);
    boolean destroy = access.allows(WorkspaceRight.DESTROY);
    boolean apply = access.allows(WorkspaceRight.APPLY_RUN);
    boolean lock = access.allows(WorkspaceRight.LOCK);
    return new Permissions(
        update,
        destroy,
        access.allows(WorkspaceRight.QUEUE_RUN),
        access.allows(WorkspaceRight.READ_RUNS),
        access.allows(WorkspaceRight.READ_VARIABLES),
        access.allows(WorkspaceRight.WRITE_VARIABLES),
        access.allows(WorkspaceRight.READ_STATE),
        access.allows(WorkspaceRight.READ_STATE_OUTPUTS),
        access.allows(WorkspaceRight.WRITE_STATE),
        apply,
        apply,
        lock,
        lock,
        access.allows(WorkspaceRight.FORCE_UNLOCK),
        access.allows(WorkspaceRight.READ),
        update,
        update,
        destroy,
        false,
        false,
        false);
  }

  private static Map<String, Relationship> relationships(Workspace workspace) {
    String self = "/api/v2/workspaces/" + workspace.id();
    Workspace.Owner owner = workspace.owner();
    Workspace.Related related = workspace.related();
    Workspace.Lock lock = workspace.lock();
    String organization = owner.organizationName();
    String project = owner.projectId().value();
    Map<String, Relationship> all = new LinkedHashMap<>();
    all.put(
        "organization",
        Relationship.one("organizations", organization, "/api/v2/organizations/" + organization));
    all.put("project", Relationship.one("projects", project, "/api/v2/projects/" + project));
    all.put("current-run", optional("runs", related.currentRun()));
    all.put("latest-run", optional("runs", related.latestRun()));
    all.put("current-state-version", optional("state-versions", related.currentStateVersion()));
    all.put(
        "current-configuration-version",
        optional("configuration-versions", related.currentConfigurationVersion()));
    all.put(
        "locked-by",
        lock == null ? optional("users", null) : Relationship.one(lock.type(), lock.id()));
    all.put(
        "outputs",
        Relationship.many(
            "workspace-outputs", related.outputs().stream().map(Object::toString).toList()));
    all.put("agent-pool", optional("agent-pools", null));
    all.put("ssh-key", optional("ssh-keys", related.sshKey()));
    all.put("data-retention-policy", RetentionPoliciesApi.relationship(related.retention()));
    all.put("readme", optional(ReadmeResource.TYPE, related.readme()));
    all.put("current-assessment-result", optional("assessment-results", null));
    all.put(
        "remote-state-consumers",
        Relationship.linked(self + "/relationships/remote-state-consumers"));
    all.put("vars", Relationship.linked(self + "/vars"));
    all.put("tag-bindings", Relationship.linked(self + "/tag-bindings"));
    all.put("effective-tag-bindings", Relationship.linked(self + "/effective-tag-bindings"));
    return all;
  }

  private static Relationship optional(String type, @Nullable Object id) {
    return Relationship.optional(type, Optional.ofNullable(id).map(Object::toString));
  }
}
