package io.terrarium.core.admin;

import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.admin.AdminOrganization.AdminOptions;
import io.terrarium.core.organization.Organizations;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What site admins do with organizations.
public final class AdminOrganizations {
  private static final Logger log = LoggerFactory.getLogger(AdminOrganizations.class);

  private final Database database;
  private final Organizations organizations;
  private final AdminOrganizationStore store = new AdminOrganizationStore();

  AdminOrganizations(Database database, Organizations organizations) {
    this.database = database;
    this.organizations = organizations;
  }

  public Counted<AdminOrganization> list(
      Principal caller, AdminOrganizationFilter filter, Page page) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> new Counted<>(store.list(db, filter, page), store.statusCounts(db)));
  }

  public AdminOrganization find(Principal caller, String name) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> store.find(db, name).orElseThrow(Fault.NotFound::new));
  }

  public List<AdminOrganization> findAll(Principal caller, List<String> names) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> store.findAll(db, names));
  }

  public AdminOrganization update(
      Principal caller, String name, UnaryOperator<AdminOptions> change) {
    UserPrincipal admin = Access.requireSiteAdmin(caller);
    AdminOrganization updated =
        database.inTransaction(db -> {
          AdminOrganization before = store.findForUpdate(db, name).orElseThrow(Fault.NotFound::new);
          store.replace(db, before.key(), change.apply(before.options()));
          return store.find(db, name).orElseThrow();
        });
    log.atInfo()
        .addKeyValue("admin_id", admin.id())
        .addKeyValue("organization_id", updated.id())
        .addKeyValue("disabled", updated.options().disabled())
        .log("organization changed by a site admin");
    return updated;
  }

  public void delete(Principal caller, String name) {
    organizations.deleteAny(caller, name);
  }
}
