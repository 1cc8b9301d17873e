package io.terrarium.atlas.ui.frame;

import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What stands around the content of a page.
///
/// @param title of the page, which stands in the browser's tab too
/// @param place where in the site the page is
/// @param rights what the reader may do in the organization that the page is of
/// @param workspaceRights what the reader may do in the workspace that the page is of
/// @param notice what has just been done, or ""
/// @param isLab whether there are exercises, for site admins
public record Shell(
    String title,
    Optional<Session> session,
    Place place,
    Set<OrganizationRight> rights,
    Set<WorkspaceRight> workspaceRights,
    Optional<String> notice,
    Assets assets,
    boolean isLab) {
  public Shell {
    rights = Set.copyOf(rights);
    workspaceRights = Set.copyOf(workspaceRights);
  }

  /// The parts of the site, each with a navigation of its own at the side.
  public enum Area {
    NONE,
    ORGANIZATION,
    ACCOUNT,
    MESH,
    ADMIN
  }

  /// Where a page is: its part of the site, the section that is marked, the pages above it.
  ///
  /// @param organization "" outside of any
  /// @param section the word of the marked entry of the navigation, or ""
  /// @param tab where a workspace is looked at
  public record Place(
      Area area, String organization, String section, List<Crumb> crumbs, Optional<Tab> tab) {
    public static final Place NOWHERE = of(Area.NONE, "");

    public Place {
      crumbs = List.copyOf(crumbs);
    }

    public static Place of(Area area, String section, Crumb... crumbs) {
      return new Place(area, "", section, List.of(crumbs), Optional.empty());
    }

    public static Place within(String organization, String section, Crumb... crumbs) {
      return new Place(Area.ORGANIZATION, organization, section, List.of(crumbs), Optional.empty());
    }

    /// @param workspacePath of the page of the workspace that it is about
    /// @param here the word of the marked tab
    public Place under(String workspacePath, String here) {
      return new Place(
          area, organization, section, crumbs, Optional.of(new Tab(workspacePath, here)));
    }
  }

  /// The side from which a workspace is looked at.
  public record Tab(String workspacePath, String here) {}

  /// A page above this one.
  public record Crumb(String name, String path) {}

  public Optional<UserPrincipal> user() {
    return session.map(Session::user);
  }

  /// Whether the reader may do that in the organization that the page is of.
  public boolean may(OrganizationRight right) {
    return rights.contains(right);
  }

  /// Whether the reader may do that in the workspace that the page is of.
  public boolean may(WorkspaceRight right) {
    return workspaceRights.contains(right);
  }

  public boolean isSiteAdmin() {
    return user().filter(UserPrincipal::siteAdmin).isPresent();
  }

  /// The token of forms; "" for nobody.
  public String formToken() {
    return session.map(found -> found.formToken().value()).orElse("");
  }

  /// The address of a style or script.
  public String asset(String name) {
    return assets.path(name);
  }
}
