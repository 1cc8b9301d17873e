package io.terrarium.contracts.job;

import io.terrarium.contracts.build.BuildGoldens;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.build.Priority;
import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
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

/// What is left in Redis.
public final class JobGoldens {
  private static final RunId RUN = new RunId("run-CZcmD7eagjhyX0vN");
  private static final String PLAN = "plan-8F5JFydVYAmtTjET";

  private static final ModuleVersionId MODULE_VERSION =
      new ModuleVersionId("modver-qjjF7ArLXJSWU3WU");

  private JobGoldens() {}

  public static List<Golden<?>> all() {
    return List.of(
        job("job-delete-objects", new Job.DeleteObjects(List.of("states/sv-1/state/a", "b"))),
        job(
            "job-enqueue-build",
            new Job.EnqueueBuild(RUN, BuildGoldens.command(Phase.PLAN, PLAN, Priority.PLAN))),
        job("job-signal-cancel", new Job.SignalCancel(RUN, PLAN)),
        job("job-parse-state", new Job.ParseState(new StateVersionId("sv-DmoXecHePnNznaA4"))),
        job(
            "job-read-readme",
            new Job.ReadReadme(new ConfigurationVersionId("cv-UYwHEakurukz85nW"))),
        job(
            "job-ingest-configurations",
            new Job.IngestConfigurations(
                List.of(
                    new ConfigurationVersionId("cv-UYwHEakurukz85nW"),
                    new ConfigurationVersionId("cv-HU1gnLn8ni5M8HVq")))),
        job(
            "job-process-webhook",
            new Job.ProcessWebhook(new WebhookDeliveryId("whd-3Jr6eXfWwdQd3sWi"))),
        job(
            "job-register-webhook",
            new Job.RegisterWebhook(new VcsRepositoryId("repo-mW3hMfPHgTrxyBEn"))),
        job(
            "job-remove-webhook",
            new Job.RemoveWebhook(new VcsRepositoryId("repo-mW3hMfPHgTrxyBEn"))),
        job("job-post-commit-status", new Job.PostCommitStatus(RUN)),
        job(
            "job-post-passing-statuses",
            new Job.PostPassingStatuses(
                new VcsRepositoryId("repo-mW3hMfPHgTrxyBEn"),
                "7f0c3b1e5d2a49868c01f3e2b4d5a69788c0d1e2",
                List.of(new WorkspaceId("ws-6fHMCom98SDXSQUv")))),
        job("job-sync-module", new Job.SyncModule(new RegistryModuleId("mod-kwt1cBiX2SdDz38w"))),
        job("job-ingest-module-version", new Job.IngestModuleVersion(MODULE_VERSION)),
        job(
            "job-withdraw-versions",
            new Job.WithdrawVersions(
                List.of(MODULE_VERSION),
                List.of(new ProviderVersionId("provver-4XmdrC8u9h8v3oXq")))),
        job("job-close-log", new Job.CloseLog(RUN, PLAN, "The run was canceled.")),
        job("job-trigger-runs", new Job.TriggerRuns(RUN)),
        job(
            "job-deliver-notification",
            new Job.DeliverNotification(
                new NotificationConfigurationId("nc-AeUQ2zfKZzW9TiGZ"),
                RUN,
                "run:needs_attention",
                "planned",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                null)),
        job(
            "job-deliver-notification-of-a-person",
            new Job.DeliverNotification(
                new NotificationConfigurationId("nc-AeUQ2zfKZzW9TiGZ"),
                RUN,
                "run:errored",
                "canceled",
                Instant.parse("2026-01-02T03:04:05.678Z"),
                new UserId("user-V3R563qtJNcExAkN"))));
  }

  private static Golden<?> job(String name, Job job) {
    return new Golden<>(name, job, new Wire.SidekiqJob());
  }
}
