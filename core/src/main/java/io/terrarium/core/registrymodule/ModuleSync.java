package io.terrarium.core.registrymodule;

import io.terrarium.contracts.id.RegistryModuleId;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.Refs;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.vcs.GitQuestions;
import io.terrarium.core.vcs.HostAway;
import io.terrarium.core.vcs.Repositories;
import io.terrarium.core.vcs.TagFollowers;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Makes versions of tags: of all that a repository has, and of each that is pushed later.
public final class ModuleSync implements TagFollowers {
  private final Database database;
  private final Repositories repositories;
  private final ModuleVersions versions;
  private final Outbox outbox;
  private final Clock clock;
  private final ModuleStore store = new ModuleStore();
  private final ModuleVersionStore versionStore = new ModuleVersionStore();

  public ModuleSync(
      Database database,
      Repositories repositories,
      ModuleVersions versions,
      Outbox outbox,
      Clock clock) {
    this.database = database;
    this.repositories = repositories;
    this.versions = versions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// A repetition finds the versions that are there already.
  ///
  /// @throws HostAway where the repository does not answer, and may soon
  public void sync(RegistryModuleId id, GitQuestions git, String jid) {
    Optional<RegistryModule> found = database.read(db -> store.find(db, id));
    Optional<GitRemote> remote =
        found
            .map(RegistryModule::repository)
            .flatMap(repository -> repositories.remote(repository.key()));
    Optional<Refs> refs = remote.flatMap(git::refs);
    if (remote.isPresent()
        && refs.isEmpty()
        && HostAway.isExcused(found.orElseThrow().createdAt(), clock)) {
      database.useTransaction(
          db -> status(db, found.orElseThrow(), RegistryModule.Status.SETUP_FAILED));
      throw new HostAway("The tags of the module's repository cannot be read.");
    }
    database.useTransaction(db -> {
      outbox.done(db, jid);
      Optional<RegistryModule> module = store.find(db, id);
      if (module.isEmpty() || module.get().publishing() != RegistryModule.Publishing.GIT_TAG) {
        return;
      }
      if (refs.isEmpty()) {
        status(db, module.get(), RegistryModule.Status.SETUP_FAILED);
      } else if (add(db, module.get(), refs.get().tags()) == 0) {
        status(db, module.get(), RegistryModule.Status.NO_VERSION_TAGS);
      }
    });
  }

  /// How many versions there are then.
  private int add(Handle db, RegistryModule module, Map<String, String> tags) {
    Set<String> known = versionStore.numbers(db, module.key());
    int all = known.size();
    // In a fixed order, so that of v1.0.0 and 1.0.0 it is always the same that counts.
    for (Map.Entry<String, String> tag : new TreeMap<>(tags).entrySet()) {
      Optional<String> version = versionOf(module, tag.getKey());
      if (version.isPresent() && !known.contains(version.get())) {
        all += clone(db, module, version.get(), tag.getKey(), tag.getValue()) ? 1 : 0;
      }
    }
    return all;
  }

  @Override
  public List<String> tagged(Handle db, long repositoryKey, String tag, String sha) {
    List<String> lines = new ArrayList<>();
    for (RegistryModule module : store.ofTags(db, repositoryKey)) {
      Optional<String> version = versionOf(module, tag);
      String name = "Module " + module.name() + "/" + module.provider();
      if (version.isEmpty()) {
        lines.add(name + " has no version of the tag " + tag + ", which is none.");
      } else if (clone(db, module, version.get(), tag, sha)) {
        lines.add(name + " gets version " + version.get() + ".");
      } else {
        lines.add(name + " has version " + version.get() + " already.");
      }
    }
    return lines;
  }

  private static Optional<String> versionOf(RegistryModule module, String tag) {
    RegistryModule.Repository repository = module.repository();
    return repository == null
        ? Optional.empty()
        : ModuleNames.versionOf(tag, repository.origin().tagPrefix());
  }

  private boolean clone(Handle db, RegistryModule module, String version, String tag, String sha) {
    RegistryModule.Repository repository = module.repository();
    boolean isNew =
        repository != null
            && versions
                .clone(db, module, version, repository.serviceProvider(), tag, sha)
                .isPresent();
    boolean wasWithout =
        module.status() == RegistryModule.Status.NO_VERSION_TAGS
            || module.status() == RegistryModule.Status.SETUP_FAILED;
    if (isNew && wasWithout) {
      status(db, module, RegistryModule.Status.PENDING);
    }
    return isNew;
  }

  private void status(Handle db, RegistryModule module, RegistryModule.Status status) {
    store.setStatus(db, module.key(), status, clock.instant());
  }
}
