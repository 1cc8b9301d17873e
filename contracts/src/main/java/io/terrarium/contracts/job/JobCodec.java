package io.terrarium.contracts.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.json.RequiredFields;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// Between jobs and Sidekiq's `class` and `args`. The class is a stable name of ours, not Java's,
/// so that code can move while jobs wait.
public final class JobCodec {
  /// Over some ten minutes, by Sidekiq's formula.
  private static final int NOTIFICATION_RETRIES = 5;

  private static final Map<String, Class<? extends Job>> CLASSES =
      Map.ofEntries(
          Map.entry("ConfigurationVersions::Ingest", Job.IngestConfigurations.class),
          Map.entry("ConfigurationVersions::ReadReadme", Job.ReadReadme.class),
          Map.entry("CommitStatuses::Post", Job.PostCommitStatus.class),
          Map.entry("CommitStatuses::PostPassing", Job.PostPassingStatuses.class),
          Map.entry("Modules::Sync", Job.SyncModule.class),
          Map.entry("Modules::Ingest", Job.IngestModuleVersion.class),
          Map.entry("Registry::Withdraw", Job.WithdrawVersions.class),
          Map.entry("Objects::Delete", Job.DeleteObjects.class),
          Map.entry("Runs::EnqueueBuild", Job.EnqueueBuild.class),
          Map.entry("Runs::SignalCancel", Job.SignalCancel.class),
          Map.entry("Runs::CloseLog", Job.CloseLog.class),
          Map.entry("Runs::TriggerRuns", Job.TriggerRuns.class),
          Map.entry("Notifications::Deliver", Job.DeliverNotification.class),
          Map.entry("StateVersions::ParseState", Job.ParseState.class),
          Map.entry("Webhooks::Process", Job.ProcessWebhook.class),
          Map.entry("Webhooks::Register", Job.RegisterWebhook.class),
          Map.entry("Webhooks::Remove", Job.RemoveWebhook.class));

  /// Over some two hours, since no two tries are further apart than minutes.
  private static final int REMOVAL_RETRIES = 25;

  /// Whose receivers may never be there again.
  private static final Map<String, Integer> OUTSIDE =
      Map.of(
          "CommitStatuses::Post", NOTIFICATION_RETRIES,
          "CommitStatuses::PostPassing", NOTIFICATION_RETRIES,
          "Notifications::Deliver", NOTIFICATION_RETRIES,
          "Webhooks::Remove", REMOVAL_RETRIES);

  private JobCodec() {}

  /// Sidekiq's `class` of `job`.
  public static String className(Job job) {
    return switch (job) {
      case Job.DeleteObjects _ -> "Objects::Delete";
      case Job.EnqueueBuild _ -> "Runs::EnqueueBuild";
      case Job.SignalCancel _ -> "Runs::SignalCancel";
      case Job.CloseLog _ -> "Runs::CloseLog";
      case Job.TriggerRuns _ -> "Runs::TriggerRuns";
      case Job.DeliverNotification _ -> "Notifications::Deliver";
      case Job.ParseState _ -> "StateVersions::ParseState";
      case Job.ReadReadme _ -> "ConfigurationVersions::ReadReadme";
      case Job.IngestConfigurations _ -> "ConfigurationVersions::Ingest";
      case Job.PostCommitStatus _ -> "CommitStatuses::Post";
      case Job.PostPassingStatuses _ -> "CommitStatuses::PostPassing";
      case Job.SyncModule _ -> "Modules::Sync";
      case Job.IngestModuleVersion _ -> "Modules::Ingest";
      case Job.WithdrawVersions _ -> "Registry::Withdraw";
      case Job.ProcessWebhook _ -> "Webhooks::Process";
      case Job.RegisterWebhook _ -> "Webhooks::Register";
      case Job.RemoveWebhook _ -> "Webhooks::Remove";
    };
  }

  public static JobQueue queue(Job job) {
    return switch (job) {
      case Job.EnqueueBuild _, Job.SignalCancel _, Job.CloseLog _ -> JobQueue.CRITICAL;
      case Job.DeleteObjects _,
          Job.ParseState _,
          Job.ReadReadme _,
          Job.TriggerRuns _,
          Job.WithdrawVersions _ ->
          JobQueue.DEFAULT;
      case Job.DeliverNotification _, Job.PostCommitStatus _, Job.PostPassingStatuses _ ->
          JobQueue.NOTIFICATIONS;
      case Job.IngestConfigurations _,
          Job.IngestModuleVersion _,
          Job.ProcessWebhook _,
          Job.RegisterWebhook _,
          Job.RemoveWebhook _,
          Job.SyncModule _ ->
          JobQueue.VCS;
    };
  }

  /// How often a job of that class is tried again before it is given up for good; empty where it is
  /// never given up.
  public static OptionalInt retries(String className) {
    Integer most = OUTSIDE.get(className);
    return most == null ? OptionalInt.empty() : OptionalInt.of(most);
  }

  /// The one element of Sidekiq's `args`.
  public static JsonNode argument(Job job) {
    return Json.SNAKE.valueToTree(job);
  }

  /// Whether `className` names one of our jobs; a newer version may know more.
  public static boolean knows(String className) {
    return CLASSES.containsKey(className);
  }

  /// @throws IllegalArgumentException when the class is unknown or the argument does not fit it
  public static Job read(String className, JsonNode argument) {
    Class<? extends Job> type = CLASSES.get(className);
    if (type == null) {
      throw new IllegalArgumentException("unknown job class " + className);
    }
    if (!argument.isObject()) {
      throw new IllegalArgumentException(className + " takes a JSON object");
    }
    Job job;
    try {
      job = Json.SNAKE.treeToValue(argument, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "bad argument for " + className + ": " + e.getOriginalMessage(), e);
    }
    List<String> missing = RequiredFields.missing(argument, job);
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "the argument of " + className + " lacks: " + String.join(", ", missing));
    }
    return job;
  }
}
