package io.terrarium.atlas.ui.notification;

import io.terrarium.atlas.api.notification.NotificationConfigurationsApi;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.atlas.ui.workspace.SettingsFrame;
import io.terrarium.atlas.ui.workspace.WorkspaceSettingsPages;
import io.terrarium.core.access.Principal;
import io.terrarium.core.notification.DestinationType;
import io.terrarium.core.notification.NotificationChanges;
import io.terrarium.core.notification.NotificationConfiguration.Definition;
import io.terrarium.core.notification.NotificationConfiguration.Shown;
import io.terrarium.core.notification.NotificationConfigurations;
import io.terrarium.core.notification.Subscribable;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The forms by which a notification is made and changed.
public final class NotificationForms {
  private static final String NEW = NotificationPages.LIST + "/new";
  private static final String EDIT = NotificationPages.ONE + "/edit";
  private static final String TOKEN = "token";
  private static final String FORGET = "forget-token";
  private static final String TRIGGERS = "triggers";

  private final Pages pages;
  private final Workspaces workspaces;
  private final NotificationConfigurations configurations;

  NotificationForms(Pages pages, Workspaces workspaces, NotificationConfigurations configurations) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.configurations = configurations;
  }

  void mount(Api api) {
    api.get(NEW, this::ask);
    api.post(NEW, this::create);
    api.get(EDIT, this::show);
    api.post(EDIT, this::update);
  }

  /// @param changed that which is there already, unless a new one is made
  /// @param triggers those that are ticked
  /// @param form without a token, which is sent back to nobody
  public record View(
      SettingsFrame frame,
      Optional<Shown> changed,
      List<DestinationType> destinations,
      List<String> triggers,
      Form form,
      Problems problems) {
    public boolean hasToken() {
      return changed.filter(one -> one.configuration().tokenCiphertext() != null).isPresent();
    }
  }

  private Reply ask(Call call) {
    Visible found = NotificationPages.workspace(workspaces, call);
    Form form =
        Form.showing(Map.of("destination-type", DestinationType.GENERIC.wire(), "enabled", "true"));
    List<String> triggers =
        List.of(TriggerChoice.NEEDS_ATTENTION.word(), TriggerChoice.ERRORED.word());
    return page(
        call,
        200,
        found,
        new View(frame(found), Optional.empty(), destinations(), triggers, form, Problems.NONE));
  }

  private Reply create(Call call) {
    Visible found = NotificationPages.workspace(workspaces, call);
    Form form = call.get(Form.class);
    try {
      Shown made =
          configurations.create(
              call.get(Principal.class),
              new Subscribable.OfWorkspace(found.workspace().id()),
              changes(form));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.configuration().id().value()));
      return pages.done(
          NotificationPages.path(found),
          "The notification " + made.configuration().definition().name() + " is there.");
    } catch (Fault.Invalid | Fault.BadRequest refused) {
      return again(call, found, Optional.empty(), form, refused);
    }
  }

  private Reply show(Call call) {
    Visible found = NotificationPages.workspace(workspaces, call);
    Shown one = NotificationPages.one(configurations, found, call);
    Definition definition = one.configuration().definition();
    Form form =
        Form.showing(
            Map.of(
                "name", definition.name(),
                "url", definition.url(),
                "destination-type", definition.destination().wire(),
                "enabled", Boolean.toString(definition.enabled())));
    return page(
        call,
        200,
        found,
        new View(
            frame(found),
            Optional.of(one),
            destinations(),
            definition.triggers(),
            form,
            Problems.NONE));
  }

  private Reply update(Call call) {
    Visible found = NotificationPages.workspace(workspaces, call);
    Shown one = NotificationPages.one(configurations, found, call);
    Form form = call.get(Form.class);
    try {
      configurations.update(call.get(Principal.class), one.configuration().id(), changes(form));
      return pages.done(NotificationPages.path(found), "The notification is saved.");
    } catch (Fault.Invalid | Fault.BadRequest refused) {
      return again(call, found, Optional.of(one), form, refused);
    }
  }

  /// An empty token is the one that is there; the tick takes it away.
  private static NotificationChanges changes(Form form) {
    Form settled =
        form.without(TRIGGERS).with(TRIGGERS + "[]", String.join("\n", form.all(TRIGGERS)));
    if (form.raw(TOKEN).isEmpty()) {
      settled = settled.without(TOKEN);
    }
    NotificationChanges asked =
        NotificationConfigurationsApi.changes(settled.without(FORGET).resource(Set.of(TOKEN)));
    return form.isOn(FORGET) && form.raw(TOKEN).isEmpty()
        ? new NotificationChanges(
            asked.name(),
            asked.destinationType(),
            asked.url(),
            asked.enabled(),
            new Patch.Null<>(),
            asked.triggers())
        : asked;
  }

  private Reply again(Call call, Visible found, Optional<Shown> changed, Form form, Fault refused) {
    return page(
        call,
        422,
        found,
        new View(
            frame(found),
            changed,
            destinations(),
            form.all(TRIGGERS),
            form.without(TOKEN),
            Problems.of(refused)));
  }

  private static SettingsFrame frame(Visible found) {
    return SettingsFrame.of(found, NotificationPages.WORD);
  }

  private static List<DestinationType> destinations() {
    return List.of(DestinationType.values());
  }

  private Reply page(Call call, int status, Visible found, View view) {
    return pages.page(
        call,
        status,
        view.changed().isPresent() ? "Change a notification" : "New notification",
        NamedWorkspace.place(found.workspace(), WorkspaceSettingsPages.TAB),
        "notification/edit",
        view);
  }
}
