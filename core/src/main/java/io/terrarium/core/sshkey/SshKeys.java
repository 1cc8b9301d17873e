package io.terrarium.core.sshkey;

import io.terrarium.contracts.id.SshKeyId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Patch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SSH keys of organizations, and which workspace uses which.
public final class SshKeys {
  /// The key of the vault that encrypts them.
  public static final String VAULT_KEY = "atlas_ssh_keys";

  private static final int NAME_CHARACTERS_MAX = 255;

  private final Database database;
  private final Access access;
  private final ValueCipher cipher;
  private final Clock clock;
  private final Ids ids;
  private final SshKeyStore store = new SshKeyStore();

  public SshKeys(Database database, Access access, ValueCipher cipher, Clock clock, Ids ids) {
    this.database = database;
    this.access = access;
    this.cipher = cipher;
    this.clock = clock;
    this.ids = ids;
  }

  /// What a client wants set; what it left out stays.
  public record Changes(Patch<String> name, Patch<String> value) {
    @Override
    public String toString() {
      return "Changes[" + name + "]";
    }
  }

  public Paged<SshKey> list(Principal caller, String organization, Page page) {
    return database.read(db ->
        store.list(
            db, readable(db, caller, access.organization(db, caller, organization)).key(), page));
  }

  public SshKey find(Principal caller, SshKeyId id) {
    return database.read(db -> {
      SshKey found = store.find(db, id).orElseThrow(Fault.NotFound::new);
      readable(db, caller, access.organization(db, caller, found.organizationKey()));
      return found;
    });
  }

  public SshKey create(Principal caller, String organization, Changes asked) {
    database.read(db -> managed(db, caller, organization));
    String name = asked.name().over("", "");
    String value = asked.value().over("", "");
    check(name, Optional.of(value));
    String ciphertext = cipher.encryptText(PrivateKeyText.normalized(value));
    SshKeyId id = new SshKeyId(ids.next(SshKeyId.PREFIX));
    return database.inTransaction(db -> {
      long key = managed(db, caller, organization).key();
      store.lockNames(db, key);
      if (!store.insert(db, id, key, name, ciphertext, clock.instant())) {
        throw nameIsTaken();
      }
      return store.find(db, id).orElseThrow();
    });
  }

  public SshKey update(Principal caller, SshKeyId id, Changes changes) {
    SshKey seen = database.read(db -> managed(db, caller, id));
    boolean isValueKept = changes.value() instanceof Patch.Absent;
    String value = changes.value().over("", "");
    check(
        changes.name().over(seen.name(), ""), isValueKept ? Optional.empty() : Optional.of(value));
    @Nullable String ciphertext =
        isValueKept ? null : cipher.encryptText(PrivateKeyText.normalized(value));
    return database.inTransaction(db -> {
      store.lockNames(db, managed(db, caller, id).organizationKey());
      SshKey before = managed(db, caller, id);
      if (!store.update(db, before.key(), changes.name().over(before.name(), ""), ciphertext)) {
        throw nameIsTaken();
      }
      return store.find(db, id).orElseThrow();
    });
  }

  /// Workspaces that use it have none then.
  public void delete(Principal caller, SshKeyId id) {
    database.useTransaction(db -> store.delete(db, managed(db, caller, id).key()));
  }

  /// From now on the runs of a workspace fetch modules by this key, or by none.
  public void assign(Principal caller, WorkspaceId workspace, Optional<SshKeyId> id) {
    database.useTransaction(db -> {
      WorkspaceAccess rights =
          access.workspace(db, caller, workspace).require(WorkspaceRight.UPDATE_SETTINGS);
      @Nullable Long key =
          id.map(named -> ofOrganization(db, rights.organizationKey(), named)).orElse(null);
      store.assign(db, rights.key(), key, clock.instant());
    });
  }

  private long ofOrganization(Handle db, long organizationKey, SshKeyId id) {
    return store
        .find(db, id)
        .filter(found -> found.organizationKey() == organizationKey)
        .map(SshKey::key)
        .orElseThrow(() ->
            new Fault.Invalid(
                List.of(
                    new Fault.Problem(
                        "There is no SSH key " + id + " in the organization", "/data/id"))));
  }

  private OrganizationAccess managed(Handle db, Principal caller, String organization) {
    return managed(caller, access.organization(db, caller, organization));
  }

  private static OrganizationAccess managed(Principal caller, OrganizationAccess in) {
    return ofPerson(caller, in).require(OrganizationRight.MANAGE_VCS_SETTINGS);
  }

  /// Who administers a workspace picks one of them.
  private OrganizationAccess readable(Handle db, Principal caller, OrganizationAccess in) {
    return access.administersWorkspaces(db, in) ? ofPerson(caller, in) : managed(caller, in);
  }

  /// Keys are people's business: the documents refuse them to an organization's token.
  private static OrganizationAccess ofPerson(Principal caller, OrganizationAccess in) {
    if (caller instanceof Principal.OrganizationPrincipal) {
      throw new Fault.NotFound();
    }
    return in;
  }

  private SshKey managed(Handle db, Principal caller, SshKeyId id) {
    SshKey found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    managed(caller, access.organization(db, caller, found.organizationKey()));
    return found;
  }

  /// @param value absent where it stays
  private static void check(String name, Optional<String> value) {
    List<Fault.Problem> problems = new ArrayList<>();
    if (name.isBlank()) {
      problems.add(problem("name", "Name can't be blank"));
    } else if (name.length() > NAME_CHARACTERS_MAX || name.indexOf('\0') >= 0) {
      problems.add(
          problem("name", "Name must have at most " + NAME_CHARACTERS_MAX + " characters"));
    }
    value
        .flatMap(PrivateKeyText::problem)
        .ifPresent(detail -> problems.add(problem("value", detail)));
    if (!problems.isEmpty()) {
      throw new Fault.Invalid(problems);
    }
  }

  private static Fault.Problem problem(String attribute, String detail) {
    return new Fault.Problem(detail, "/data/attributes/" + attribute);
  }

  private static Fault nameIsTaken() {
    return new Fault.Invalid("name", "Name has already been taken");
  }
}
