package io.terrarium.atlas.ui.sshkey;

import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.atlas.ui.workspace.SettingsFrame;
import io.terrarium.atlas.ui.workspace.WorkspaceSettingsPages;
import io.terrarium.contracts.id.SshKeyId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.sshkey.SshKey;
import io.terrarium.core.sshkey.SshKeys;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Optional;

/// By which SSH key the runs of a workspace fetch modules.
public final class WorkspaceSshKeyPages {
  private static final String WORD = "ssh";
  private static final String PAGE = NamedWorkspace.ROUTE + "/settings/" + WORD;
  private static final String FIELD = "ssh-key";

  private final Pages pages;
  private final Workspaces workspaces;
  private final SshKeys keys;

  public WorkspaceSshKeyPages(Pages pages, Workspaces workspaces, SshKeys keys) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.keys = keys;
  }

  public void mount(Api api) {
    api.get(PAGE, this::show);
    api.post(PAGE, this::assign);
  }

  /// @param chosen the id of the key, "" for none
  public record View(SettingsFrame frame, List<SshKey> keys, String chosen, Problems problems) {}

  private Visible found(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(WorkspaceRight.UPDATE_SETTINGS);
    return found;
  }

  private Reply show(Call call) {
    Visible found = found(call);
    SshKeyId now = found.workspace().related().sshKey();
    return page(call, 200, found, now == null ? "" : now.value(), Problems.NONE);
  }

  private Reply assign(Call call) {
    Visible found = found(call);
    Optional<String> chosen = call.get(Form.class).find(FIELD);
    try {
      keys.assign(call.get(Principal.class), found.workspace().id(), chosen.map(SshKeyId::new));
      return pages.done(
          NamedWorkspace.path(found.workspace()) + "/settings/" + WORD,
          chosen.isPresent()
              ? "Runs fetch modules by this key from now on."
              : "Runs use no SSH key from now on.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, found, "", Problems.of(invalid));
    }
  }

  private Reply page(Call call, int status, Visible found, String chosen, Problems problems) {
    Workspace workspace = found.workspace();
    return pages.page(
        call,
        status,
        "SSH key of " + workspace.settings().name(),
        NamedWorkspace.place(workspace, WorkspaceSettingsPages.TAB),
        "sshkey/workspace",
        new View(
            SettingsFrame.of(found, WORD),
            Paged.all(page ->
                keys.list(call.get(Principal.class), workspace.owner().organizationName(), page)),
            chosen,
            problems));
  }
}
