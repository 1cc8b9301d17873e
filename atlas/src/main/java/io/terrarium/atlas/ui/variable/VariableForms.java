package io.terrarium.atlas.ui.variable;

import io.terrarium.atlas.api.variable.VariableRequests;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.VariableId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.variable.Variable;
import io.terrarium.core.variable.VariableChanges;
import io.terrarium.core.variable.VariableOwner;
import io.terrarium.core.variable.Variables;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Adds, edits and deletes variables, be they a workspace's or a set's. A sensitive value goes in
/// and never comes out again, not even where a form is shown a second time.
public final class VariableForms {
  private static final Set<String> AS_TYPED = Set.of("value");

  private final Pages pages;
  private final Variables variables;
  private final Homes homes;

  public VariableForms(Pages pages, Variables variables, Homes homes) {
    this.pages = pages;
    this.variables = variables;
    this.homes = homes;
  }

  /// What the variables belong to that the address of a page names.
  ///
  /// @param path of the page that lists them
  /// @param place of that page
  public record Home(VariableOwner owner, String path, Place place) {}

  /// Finds it, for who may change variables there.
  @FunctionalInterface
  public interface Homes {
    Home of(Call call);
  }

  /// @param route of what they belong to
  public void mount(Api api, String route) {
    String all = route + "/variables";
    String one = all + "/:variable_id";
    api.get(all + "/new", this::ask);
    api.post(all + "/new", this::create);
    api.get(one + "/edit", this::edit);
    api.post(one + "/edit", this::update);
    api.post(one + "/delete", this::delete);
  }

  /// @param isNew whether it is to be made
  /// @param keepsSecret whether it is sensitive already, so that its value stays where none is
  ///   given
  public record View(
      String back, boolean isNew, boolean keepsSecret, Form form, Problems problems) {}

  private Reply ask(Call call) {
    Form form = Form.showing(Map.of("category", call.query("category").orElse("terraform")));
    return page(call, 200, homes.of(call), Optional.empty(), form, Problems.NONE);
  }

  private Reply create(Call call) {
    Home home = homes.of(call);
    Form form = call.get(Form.class);
    try {
      VariableChanges asked = VariableRequests.changes(form.resource(AS_TYPED));
      Variable made = variables.create(call.get(Principal.class), home.owner(), asked).variable();
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(home.path(), "The variable " + made.definition().name() + " is there.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, home, Optional.empty(), form, Problems.of(invalid));
    }
  }

  private Reply edit(Call call) {
    Home home = homes.of(call);
    Variable.Shown found = find(call, home);
    Variable.Definition definition = found.variable().definition();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("key", definition.name());
    texts.put("value", found.value() == null ? "" : found.value());
    texts.put("description", definition.description() == null ? "" : definition.description());
    texts.put("category", definition.category().wire());
    texts.put("hcl", Boolean.toString(definition.hcl()));
    texts.put("sensitive", Boolean.toString(definition.sensitive()));
    return page(call, 200, home, Optional.of(found), Form.showing(texts), Problems.NONE);
  }

  private Reply update(Call call) {
    Home home = homes.of(call);
    Variable.Shown found = find(call, home);
    Form form = call.get(Form.class).without("category");
    boolean keepsValue = found.variable().definition().sensitive() && form.raw("value").isEmpty();
    try {
      VariableChanges changes =
          VariableRequests.changes((keepsValue ? form.without("value") : form).resource(AS_TYPED));
      Variable changed =
          variables
              .update(
                  call.get(Principal.class),
                  Optional.of(home.owner()),
                  found.variable().id(),
                  changes)
              .variable();
      return pages.done(
          home.path(), "The variable " + changed.definition().name() + " was changed.");
    } catch (Fault.Invalid invalid) {
      Form shown = form.with("category", found.variable().definition().category().wire());
      return page(call, 422, home, Optional.of(found), shown, Problems.of(invalid));
    }
  }

  private Reply delete(Call call) {
    Home home = homes.of(call);
    Variable.Shown found = find(call, home);
    variables.delete(call.get(Principal.class), Optional.of(home.owner()), found.variable().id());
    return pages.done(
        home.path(), "The variable " + found.variable().definition().name() + " was deleted.");
  }

  private Variable.Shown find(Call call, Home home) {
    return variables.find(
        call.get(Principal.class),
        Optional.of(home.owner()),
        call.path("variable_id", VariableId::new));
  }

  private Reply page(
      Call call,
      int status,
      Home home,
      Optional<Variable.Shown> found,
      Form form,
      Problems problems) {
    boolean keepsSecret =
        found.filter(shown -> shown.variable().definition().sensitive()).isPresent();
    Form shown = keepsSecret || form.isOn("sensitive") ? form.without("value") : form;
    View view = new View(home.path(), found.isEmpty(), keepsSecret, shown, problems);
    String title = found.isEmpty() ? "New variable" : "Edit variable";
    return pages.page(call, status, title, home.place(), "variable/edit", view);
  }
}
