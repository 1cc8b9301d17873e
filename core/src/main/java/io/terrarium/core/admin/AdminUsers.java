package io.terrarium.core.admin;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.session.Sessions;
import io.terrarium.core.token.Authentication;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What site admins do with the accounts of people. Somebody always stays who can administer the
/// site.
public final class AdminUsers {
  private static final Logger log = LoggerFactory.getLogger(AdminUsers.class);

  private final Database database;
  private final Authentication authentication;
  private final Sessions sessions;
  private final AdminUserStore store = new AdminUserStore();

  AdminUsers(Database database, Authentication authentication, Sessions sessions) {
    this.database = database;
    this.authentication = authentication;
    this.sessions = sessions;
  }

  public Counted<AdminUser> list(Principal caller, AdminUserFilter filter, Page page) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> new Counted<>(store.list(db, filter, page), store.statusCounts(db)));
  }

  /// For `include=owners` of organizations: who owns any of them.
  public List<AdminUser> owners(Principal caller, List<String> organizations) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> store.owners(db, organizations));
  }

  /// Their tokens work no more until they are let in again, and their browsers must sign in anew.
  public AdminUser suspend(Principal caller, UserId id) {
    return change(
        caller,
        id,
        "suspended",
        (db, user) -> {
          require(!user.suspended(), "User is already suspended.");
          keepAnAdmin(db, user);
          store.setSuspended(db, user.key(), true);
          sessions.endAll(db, user.key());
        });
  }

  public AdminUser unsuspend(Principal caller, UserId id) {
    return change(
        caller,
        id,
        "unsuspended",
        (db, user) -> {
          require(user.suspended(), "User is not suspended.");
          store.setSuspended(db, user.key(), false);
        });
  }

  public AdminUser grantAdmin(Principal caller, UserId id) {
    return change(
        caller,
        id,
        "granted admin",
        (db, user) -> {
          require(!user.admin(), "User is already an administrator.");
          store.setAdmin(db, user.key(), true);
        });
  }

  public AdminUser revokeAdmin(Principal caller, UserId id) {
    return change(
        caller,
        id,
        "revoked admin",
        (db, user) -> {
          require(user.admin(), "User is not an administrator.");
          keepAnAdmin(db, user);
          store.setAdmin(db, user.key(), false);
        });
  }

  /// Nobody has two-factor authentication here, so there is nothing to disable.
  ///
  /// @throws Fault.BadRequest always, for a person who is there
  public AdminUser disableTwoFactor(Principal caller, UserId id) {
    return change(
        caller,
        id,
        "disabled two-factor",
        (_, _) -> require(false, "User does not have two-factor authentication enabled."));
  }

  /// With their tokens. What they have done stays, without their name.
  public void delete(Principal caller, UserId id) {
    UserPrincipal admin = Access.requireSiteAdmin(caller);
    database.useTransaction(db -> {
      AdminUser user = lock(db, id);
      keepAnAdmin(db, user);
      store.lockOwned(db, user.key());
      List<String> alone = store.ownedAlone(db, user.key());
      if (!alone.isEmpty()) {
        throw invalid(
            "User is the only owner of "
                + String.join(", ", alone)
                + ": give them another owner, or delete them first.");
      }
      store.delete(db, user.key());
    });
    authentication.forgetAll();
    tell(admin, id, "deleted");
  }

  /// What is done to a person who was found.
  @FunctionalInterface
  private interface Change {
    void of(Handle db, AdminUser user);
  }

  private AdminUser change(Principal caller, UserId id, String told, Change change) {
    UserPrincipal admin = Access.requireSiteAdmin(caller);
    AdminUser changed =
        database.inTransaction(db -> {
          change.of(db, lock(db, id));
          return store.find(db, id).orElseThrow();
        });
    authentication.forgetAll();
    tell(admin, id, told);
    return changed;
  }

  private AdminUser lock(Handle db, UserId id) {
    store.lock(db);
    return store.find(db, id).orElseThrow(Fault.NotFound::new);
  }

  private void keepAnAdmin(Handle db, AdminUser user) {
    if (user.isActiveAdmin() && store.countActiveAdmins(db) == 1) {
      throw invalid("User is the only administrator of the site: make somebody else one first.");
    }
  }

  private static void tell(UserPrincipal admin, UserId id, String change) {
    log.atInfo()
        .addKeyValue("admin_id", admin.id())
        .addKeyValue("user_id", id)
        .addKeyValue("change", change)
        .log("account changed by a site admin");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new Fault.BadRequest(otherwise);
    }
  }

  private static Fault invalid(String detail) {
    return new Fault.Invalid(List.of(new Fault.Problem(detail, null)));
  }
}
