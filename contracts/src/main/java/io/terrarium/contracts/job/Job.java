package io.terrarium.contracts.job;

import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.NotificationConfigurationId;
import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.id.RegistryModuleId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.contracts.id.WebhookDeliveryId;
import io.terrarium.contracts.id.WorkspaceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Work left in Redis for a sidekiq worker; the record is the payload. Every one may run twice.
public sealed interface Job {
  /// Pass a phase of a run to build-manager. `command` tells one sending from another.
  record EnqueueBuild(RunId runId, BuildCommand command) implements Job {}

  /// Wake the worker that holds a canceled phase.
  record SignalCancel(RunId runId, String phaseId) implements Job {}

  /// Have a finalized state parsed into resources, providers, modules and outputs.
  record ParseState(StateVersionId stateVersionId) implements Job {}

  /// Look for the workspace's README in a configuration that has been uploaded.
  record ReadReadme(ConfigurationVersionId configurationVersionId) implements Job {}

  /// Have slug-ingress fetch configurations, all of them from one commit.
  record IngestConfigurations(List<ConfigurationVersionId> configurationVersionIds) implements Job {
    public IngestConfigurations {
      configurationVersionIds = List.copyOf(configurationVersionIds);
    }
  }

  /// Find out which workspaces a call of their webhook is about, and what follows there.
  record ProcessWebhook(WebhookDeliveryId webhookDeliveryId) implements Job {}

  /// Have the host of a repository that workspaces follow call its webhook.
  record RegisterWebhook(VcsRepositoryId vcsRepositoryId) implements Job {}

  /// Have the host of a repository that nobody follows any more forget its webhook.
  record RemoveWebhook(VcsRepositoryId vcsRepositoryId) implements Job {}

  /// Show at its host what has come of the plan of a commit.
  record PostCommitStatus(RunId runId) implements Job {}

  /// Show beside a commit that nothing in it matters to workspaces.
  record PostPassingStatuses(
      VcsRepositoryId vcsRepositoryId, String commitSha, List<WorkspaceId> workspaceIds)
      implements Job {
    public PostPassingStatuses {
      workspaceIds = List.copyOf(workspaceIds);
    }
  }

  /// Make versions of the tags that a module's repository has.
  record SyncModule(RegistryModuleId registryModuleId) implements Job {}

  /// Have slug-ingress fetch a version of a module.
  record IngestModuleVersion(ModuleVersionId moduleVersionId) implements Job {}

  /// Have the registry forget versions of modules and providers.
  record WithdrawVersions(
      List<ModuleVersionId> moduleVersionIds, List<ProviderVersionId> providerVersionIds)
      implements Job {
    public WithdrawVersions {
      moduleVersionIds = List.copyOf(moduleVersionIds);
      providerVersionIds = List.copyOf(providerVersionIds);
    }
  }

  /// End the log of a phase that no worker will end: the run was canceled, or its worker lost.
  record CloseLog(RunId runId, String phaseId, String message) implements Job {}

  /// Queue the runs that follow an applied one by run triggers.
  record TriggerRuns(RunId runId) implements Job {}

  /// Delete files of which nobody knows any more.
  record DeleteObjects(List<String> objectIds) implements Job {
    public DeleteObjects {
      objectIds = List.copyOf(objectIds);
    }
  }

  /// Tell the receiver of a notification configuration what a run has come to.
  ///
  /// @param trigger what the receiver is told of, such as `run:applying`
  /// @param runStatus of the run then
  /// @param runUpdatedAt when that was
  /// @param runUpdatedBy who did it, absent where nobody did
  record DeliverNotification(
      NotificationConfigurationId configurationId,
      RunId runId,
      String trigger,
      String runStatus,
      Instant runUpdatedAt,
      @Nullable UserId runUpdatedBy)
      implements Job {}
}
