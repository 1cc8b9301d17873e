package io.terrarium.core.terraformversion;

import io.terrarium.contracts.build.ScriptedEngine;
import io.terrarium.contracts.id.TerraformVersionId;
import io.terrarium.contracts.internal.TerraformOffer;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.terraformversion.TerraformVersion.VersionOptions;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The versions of Terraform that site admins have registered, and what follows for workspaces.
///
/// What is registered and enabled may be chosen. A release of HashiCorp's that nobody has
/// registered may be chosen as well, as on an installation whose list is kept up to date: who wants
/// it gone registers it as disabled.
public final class TerraformVersions {
  private static final Logger log = LoggerFactory.getLogger(TerraformVersions.class);
  private static final String LINUX = "linux";
  private static final String AMD64 = "amd64";

  private final Database database;
  private final Clock clock;
  private final Ids ids;
  private final String installed;
  private final TerraformVersionStore store = new TerraformVersionStore();

  /// @param installed what the workers have, and new workspaces use
  public TerraformVersions(Database database, Clock clock, Ids ids, String installed) {
    if (!VersionText.isExact(installed)) {
      throw new IllegalArgumentException("no exact version of Terraform: " + installed);
    }
    this.database = database;
    this.clock = clock;
    this.ids = ids;
    this.installed = installed;
  }

  /// Registers what the workers have, unless it is known: site admins may have disabled it.
  public void registerInstalled() {
    database.useTransaction(db -> {
      if (store.findNamed(db, installed).isEmpty()) {
        insert(db, VersionOptions.installed(installed));
      }
    });
  }

  /// The newest first.
  ///
  /// @param exact wins over `part`
  public Paged<TerraformVersion> list(
      Principal caller, Optional<String> exact, Optional<String> part, Page page) {
    Access.requireSiteAdmin(caller);
    Optional<String> searched = exact.isPresent() ? Optional.empty() : part;
    return database.read(db -> store.list(db, exact, searched, page));
  }

  public TerraformVersion find(Principal caller, TerraformVersionId id) {
    Access.requireSiteAdmin(caller);
    return database.read(db -> store.find(db, id).orElseThrow(Fault.NotFound::new));
  }

  public TerraformVersion create(Principal caller, VersionOptions options) {
    Access.requireSiteAdmin(caller);
    VersionRules.check(options);
    if (options.url() == null && options.archs().isEmpty()) {
      throw new Fault.Invalid("url", "Url can't be blank");
    }
    return database.inTransaction(db ->
        store.find(db, insert(db, options).orElseThrow(TerraformVersions::isTaken)).orElseThrow());
  }

  public TerraformVersion update(
      Principal caller, TerraformVersionId id, UnaryOperator<VersionOptions> change) {
    Access.requireSiteAdmin(caller);
    return database.inTransaction(db -> {
      TerraformVersion before = store.findForUpdate(db, id).orElseThrow(Fault.NotFound::new);
      VersionOptions after = change.apply(before.options());
      VersionRules.check(after);
      if (before.usage() > 0 && !after.version().equals(before.options().version())) {
        throw new Fault.Invalid(
            "version", "Version cannot be changed while workspaces use it: " + before.usage());
      }
      if (!store.replace(db, before.key(), after)) {
        throw isTaken();
      }
      return store.find(db, id).orElseThrow();
    });
  }

  public void delete(Principal caller, TerraformVersionId id) {
    Access.requireSiteAdmin(caller);
    database.useTransaction(db -> {
      TerraformVersion found = store.findForUpdate(db, id).orElseThrow(Fault.NotFound::new);
      if (found.options().official()) {
        throw refused("An official version of Terraform cannot be removed: disable it.");
      }
      if (found.usage() > 0) {
        throw refused(
            "The version is in use and cannot be removed; workspaces that use it: "
                + found.usage());
      }
      store.delete(db, found.key());
    });
  }

  /// What workspaces of an organization may choose now.
  public VersionChoice choice(Handle db, long organizationKey) {
    return new VersionChoice(
        store.usual(db, installed).orElse(installed),
        wanted -> problem(db, organizationKey, wanted));
  }

  private Optional<String> problem(Handle db, long organizationKey, String wanted) {
    if (!VersionText.isKnown(wanted)) {
      return Optional.of(
          "must be a version such as 1.11.4, a constraint such as ~> 1.11.0, or latest");
    }
    Optional<VersionOptions> registered =
        store.findNamed(db, wanted).map(TerraformVersion::options);
    if (registered.filter(version -> !version.enabled()).isPresent()) {
      return Optional.of("\"" + wanted + "\" is not available: a site admin has disabled it");
    }
    if (registered.filter(VersionOptions::beta).isPresent()
        && !store.mayUseBetas(db, organizationKey)) {
      return Optional.of("\"" + wanted + "\" is a beta, which the organization may not use");
    }
    return Optional.empty();
  }

  /// What a worker must know beside the version that it is to use.
  public TerraformOffer offer(Handle db, String wanted) {
    if (ScriptedEngine.isChosenBy(wanted)) {
      return TerraformOffer.NONE;
    }
    if (!VersionText.isExact(wanted)) {
      return new TerraformOffer(List.of(), store.disabled(db));
    }
    return store
        .findNamed(db, wanted)
        .map(version -> new TerraformOffer(archives(version.options()), List.of()))
        .orElse(TerraformOffer.NONE);
  }

  private static List<TerraformOffer.Archive> archives(VersionOptions options) {
    List<TerraformOffer.Archive> archives = new ArrayList<>(options.archs());
    String url = options.url();
    String sha = options.sha();
    boolean isListed = archives.stream().anyMatch(archive -> archive.isFor(LINUX, AMD64));
    if (url != null && sha != null && !isListed) {
      archives.add(new TerraformOffer.Archive(LINUX, AMD64, url, sha));
    }
    return archives;
  }

  private Optional<TerraformVersionId> insert(Handle db, VersionOptions options) {
    TerraformVersionId id = new TerraformVersionId(ids.next(TerraformVersionId.PREFIX));
    if (!store.insert(db, id, options, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
      return Optional.empty();
    }
    log.atInfo()
        .addKeyValue("terraform_version", options.version())
        .log("version of terraform registered");
    return Optional.of(id);
  }

  private static Fault isTaken() {
    return new Fault.Invalid("version", "Version has already been taken");
  }

  private static Fault refused(String detail) {
    return new Fault.Invalid(List.of(new Fault.Problem(detail, null)));
  }
}
