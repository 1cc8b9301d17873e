package io.terrarium.atlas.ui.notification;

import io.terrarium.atlas.request.VerificationLimit;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.atlas.ui.workspace.SettingsFrame;
import io.terrarium.atlas.ui.workspace.WorkspaceSettingsPages;
import io.terrarium.contracts.id.NotificationConfigurationId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.notification.DestinationType;
import io.terrarium.core.notification.NotificationChanges;
import io.terrarium.core.notification.NotificationConfiguration.Shown;
import io.terrarium.core.notification.NotificationConfigurations;
import io.terrarium.core.notification.Subscribable;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.function.BiFunction;

/// Whom a workspace tells of its runs, and what the receivers have answered.
public final class NotificationPages {
  static final String WORD = "notifications";
  static final String LIST = NamedWorkspace.ROUTE + "/settings/" + WORD;
  static final String ONE = LIST + "/:notification_configuration_id";

  private final Pages pages;
  private final Workspaces workspaces;
  private final NotificationConfigurations configurations;
  private final VerificationLimit limit;

  public NotificationPages(
      Pages pages,
      Workspaces workspaces,
      NotificationConfigurations configurations,
      VerificationLimit limit) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.configurations = configurations;
    this.limit = limit;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
    api.post(ONE + "/verify", call -> knock(call, configurations::verify, "has answered well."));
    api.post(ONE + "/enable", call -> knock(call, configurations::enable, "is told from now on."));
    api.post(ONE + "/disable", this::disable);
    api.post(ONE + "/delete", this::delete);
    new NotificationForms(pages, workspaces, configurations).mount(api);
  }

  public record View(SettingsFrame frame, Paged<Shown> found, Problems problems) {
    /// The address of the pages of notifications.
    public String path() {
      return frame.path() + "/settings/" + WORD;
    }
  }

  /// What a destination is called.
  public static String title(DestinationType destination) {
    return switch (destination) {
      case GENERIC -> "Webhook";
      case SLACK -> "Slack";
      case MICROSOFT_TEAMS -> "Microsoft Teams";
    };
  }

  /// The workspace, for those who may set whom it tells.
  static Visible workspace(Workspaces workspaces, Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(WorkspaceRight.UPDATE_SETTINGS);
    return found;
  }

  static String path(Visible found) {
    return NamedWorkspace.path(found.workspace()) + "/settings/" + WORD;
  }

  /// That which the address names, of this workspace alone.
  static Shown one(NotificationConfigurations configurations, Visible of, Call call) {
    Shown found =
        configurations.find(
            call.get(Principal.class),
            call.path("notification_configuration_id", NotificationConfigurationId::new));
    if (!found
        .configuration()
        .subscribable()
        .equals(new Subscribable.OfWorkspace(of.workspace().id()))) {
      throw new Fault.NotFound();
    }
    return found;
  }

  private Reply list(Call call) {
    return page(call, 200, workspace(workspaces, call), Problems.NONE);
  }

  private Reply page(Call call, int status, Visible found, Problems problems) {
    Paged<Shown> list =
        configurations.list(
            call.get(Principal.class),
            new Subscribable.OfWorkspace(found.workspace().id()),
            Page.of(call));
    return pages.page(
        call,
        status,
        "Notifications of " + found.workspace().settings().name(),
        NamedWorkspace.place(found.workspace(), WorkspaceSettingsPages.TAB),
        "notification/list",
        new View(SettingsFrame.of(found, WORD), list, problems));
  }

  /// Asks the receiver, whose answer is on the page either way.
  private Reply knock(
      Call call, BiFunction<Principal, NotificationConfigurationId, Shown> action, String done) {
    Visible found = workspace(workspaces, call);
    Shown one = one(configurations, found, call);
    limit.take(call, one.configuration().id());
    try {
      Shown answered = action.apply(call.get(Principal.class), one.configuration().id());
      return pages.done(path(found), name(answered) + " " + done);
    } catch (Fault.BadRequest refused) {
      return page(call, 422, found, Problems.of(refused.problems().getFirst().detail()));
    }
  }

  private Reply disable(Call call) {
    Visible found = workspace(workspaces, call);
    Shown one = one(configurations, found, call);
    configurations.update(
        call.get(Principal.class),
        one.configuration().id(),
        new NotificationChanges(
            new Patch.Absent<>(),
            new Patch.Absent<>(),
            new Patch.Absent<>(),
            new Patch.Value<>(false),
            new Patch.Absent<>(),
            new Patch.Absent<>()));
    return pages.done(path(found), name(one) + " is told of nothing any more.");
  }

  private Reply delete(Call call) {
    Visible found = workspace(workspaces, call);
    Shown one = one(configurations, found, call);
    configurations.delete(call.get(Principal.class), one.configuration().id());
    return pages.done(path(found), "The notification " + name(one) + " is deleted.");
  }

  private static String name(Shown one) {
    return one.configuration().definition().name();
  }
}
