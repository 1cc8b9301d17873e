package io.terrarium.core.notification;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.json.Json;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of a notification, in the form that its receiver understands.
final class Payload {
  private static final int VERSION = 1;

  private final URI site;

  /// @param site where people see runs
  Payload(URI site) {
    this.site = site;
  }

  String of(NotificationConfiguration to, Notice notice) {
    Object body =
        switch (to.definition().destination()) {
          case GENERIC -> generic(to, notice);
          case SLACK -> slack(notice);
          case MICROSOFT_TEAMS -> teams(notice);
        };
    try {
      return Json.SNAKE.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records can be written", e);
    }
  }

  record Generic(
      int payloadVersion,
      String notificationConfigurationId,
      @Nullable String runUrl,
      @Nullable String runId,
      @Nullable String runMessage,
      @Nullable Instant runCreatedAt,
      @Nullable String runCreatedBy,
      @Nullable String workspaceId,
      @Nullable String workspaceName,
      @Nullable String organizationName,
      List<Event> notifications) {}

  record Event(
      String message,
      String trigger,
      @Nullable String runStatus,
      @Nullable Instant runUpdatedAt,
      @Nullable String runUpdatedBy) {}

  private Generic generic(NotificationConfiguration to, Notice notice) {
    List<Event> events =
        List.of(
            new Event(
                notice.message(),
                notice.trigger(),
                notice.runStatus(),
                notice.runUpdatedAt(),
                notice.runUpdatedBy()));
    RunFacts run = notice.run();
    return run == null
        ? new Generic(
            VERSION, to.id().value(), null, null, null, null, null, null, null, null, events)
        : new Generic(
            VERSION,
            to.id().value(),
            address(run),
            run.id(),
            run.message(),
            run.createdAt(),
            run.createdBy(),
            run.workspaceId(),
            run.workspaceName(),
            run.organizationName(),
            events);
  }

  record Slack(String text, List<SlackAttachment> attachments) {}

  record SlackAttachment(
      String color,
      String fallback,
      String title,
      String titleLink,
      String text,
      List<SlackField> fields) {}

  record SlackField(String title, String value, @JsonProperty("short") boolean isShort) {}

  private Slack slack(Notice notice) {
    RunFacts run = notice.run();
    if (run == null) {
      return new Slack(slackText(notice.message()), List.of());
    }
    List<SlackField> fields =
        facts(run, notice).stream()
            .map(fact -> new SlackField(fact.title(), slackText(fact.value()), true))
            .toList();
    String headline = slackText(notice.message() + ": " + place(run));
    return new Slack(
        headline,
        List.of(
            new SlackAttachment(
                color(notice),
                headline,
                run.id(),
                address(run),
                slackText(run.message()),
                fields)));
  }

  /// Slack reads these three characters as markup, by which a run's message could call everybody.
  private static String slackText(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String color(Notice notice) {
    if (notice.trigger().equals(RunTrigger.ERRORED.wire())) {
      return "danger";
    }
    return notice.trigger().equals(RunTrigger.NEEDS_ATTENTION.wire()) ? "warning" : "good";
  }

  record Teams(String type, List<TeamsAttachment> attachments) {}

  record TeamsAttachment(@JsonProperty("contentType") String contentType, Card content) {}

  record Card(
      @JsonProperty("$schema") String schema,
      String type,
      String version,
      List<Object> body,
      List<CardAction> actions) {}

  record TextBlock(String type, String text, String weight, boolean wrap) {}

  record FactSet(String type, List<Fact> facts) {}

  record Fact(String title, String value) {}

  record CardAction(String type, String title, String url) {}

  private Teams teams(Notice notice) {
    RunFacts run = notice.run();
    List<Object> body = new ArrayList<>();
    List<CardAction> actions = new ArrayList<>();
    if (run == null) {
      body.add(new TextBlock("TextBlock", notice.message(), "Bolder", true));
    } else {
      body.add(new TextBlock("TextBlock", notice.message() + ": " + place(run), "Bolder", true));
      body.add(new TextBlock("TextBlock", run.message(), "Default", true));
      body.add(new FactSet("FactSet", facts(run, notice)));
      actions.add(new CardAction("Action.OpenUrl", "Open the run", address(run)));
    }
    Card card =
        new Card(
            "http://adaptivecards.io/schemas/adaptive-card.json",
            "AdaptiveCard",
            "1.4",
            body,
            actions);
    return new Teams(
        "message", List.of(new TeamsAttachment("application/vnd.microsoft.card.adaptive", card)));
  }

  private static List<Fact> facts(RunFacts run, Notice notice) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Run", run.id()));
    facts.add(new Fact("Workspace", place(run)));
    if (notice.runStatus() != null) {
      facts.add(new Fact("Status", notice.runStatus()));
    }
    if (run.createdBy() != null) {
      facts.add(new Fact("Created by", run.createdBy()));
    }
    return facts;
  }

  private static String place(RunFacts run) {
    return run.organizationName() + "/" + run.workspaceName();
  }

  private String address(RunFacts run) {
    return site
        + "/app/"
        + run.organizationName()
        + "/workspaces/"
        + run.workspaceName()
        + "/runs/"
        + run.id();
  }
}
