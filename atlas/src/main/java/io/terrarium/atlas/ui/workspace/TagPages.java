package io.terrarium.atlas.ui.workspace;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.workspace.Tag;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceTags;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The tags of a workspace: which it has itself, which its project gives it, one more, one less.
public final class TagPages {
  private static final String PAGE = NamedWorkspace.ROUTE + "/tags";
  private static final String KEY = "key";
  private static final String VALUE = "value";

  private final Pages pages;
  private final Workspaces workspaces;
  private final WorkspaceTags tags;

  public TagPages(Pages pages, Workspaces workspaces, WorkspaceTags tags) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.tags = tags;
  }

  public void mount(Api api) {
    api.get(PAGE, this::show);
    api.post(PAGE + "/add", this::add);
    api.post(PAGE + "/remove", this::remove);
  }

  /// @param path of the page
  /// @param list of workspaces, which tags narrow
  public record View(
      String path,
      String list,
      boolean mayUpdate,
      WorkspaceTags.Effective tags,
      Form form,
      Problems problems) {}

  private Reply show(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    return page(call, 200, found, Form.showing(Map.of()), Problems.NONE);
  }

  private Visible changeable(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(WorkspaceRight.UPDATE_SETTINGS);
    return found;
  }

  /// Without a value it is a plain tag.
  private Reply add(Call call) {
    Visible found = changeable(call);
    Form form = call.get(Form.class);
    String key = form.text(KEY);
    Optional<String> value = form.find(VALUE);
    try {
      tags.add(
          call.get(Principal.class),
          found.workspace().id(),
          List.of(new Tag(key, value.orElse(null))));
      return pages.done(path(found.workspace()), "The tag " + key + " is there.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, found, form, Problems.of(invalid));
    }
  }

  private Reply remove(Call call) {
    Visible found = changeable(call);
    String key = call.get(Form.class).raw(KEY);
    tags.remove(call.get(Principal.class), found.workspace().id(), List.of(key), List.of());
    return pages.done(path(found.workspace()), "The tag " + key + " is taken away.");
  }

  private static String path(Workspace workspace) {
    return NamedWorkspace.path(workspace) + "/tags";
  }

  private Reply page(Call call, int status, Visible found, Form form, Problems problems) {
    Workspace workspace = found.workspace();
    View view =
        new View(
            path(workspace),
            "/app/" + workspace.owner().organizationName() + "/workspaces",
            found.access().allows(WorkspaceRight.UPDATE_SETTINGS),
            tags.effective(call.get(Principal.class), workspace.id()),
            form,
            problems);
    return pages.page(
        call,
        status,
        "Tags of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, "overview"),
        "workspace/tags",
        view);
  }
}
