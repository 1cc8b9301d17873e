package io.terrarium.core.stateversion;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.StateVersionOutputId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.job.Job;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.core.ValueCipher;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The states of workspaces: readers, and what the mesh itself says about them. Clients' writes are
/// [StateUploads].
public final class StateVersions {
  private static final Logger log = LoggerFactory.getLogger(StateVersions.class);

  private final Database database;
  private final Access access;
  private final ValueCipher cipher;
  private final StateObjects objects;
  private final WorkspaceResources resources;
  private final Parts parts;
  private final StateVersionStore store = new StateVersionStore();
  private final OutputStore outputs = new OutputStore();

  /// What all writers of states need.
  public record Parts(Outbox outbox, Clock clock, Ids ids) {}

  public StateVersions(
      Database database,
      Access access,
      ValueCipher cipher,
      StateObjects objects,
      WorkspaceResources resources,
      Parts parts) {
    this.database = database;
    this.access = access;
    this.cipher = cipher;
    this.objects = objects;
    this.resources = resources;
    this.parts = parts;
  }

  public VisibleState find(Principal caller, StateVersionId id) {
    return database.read(db -> visible(db, caller, id, WorkspaceRight.READ_STATE));
  }

  /// Those that are there and that the caller may see.
  public List<VisibleState> findAll(Principal caller, List<StateVersionId> ids) {
    return database.read(db -> among(db, caller, ids, WorkspaceRight.READ_STATE));
  }

  private List<VisibleState> among(
      Handle db, Principal caller, List<StateVersionId> ids, WorkspaceRight right) {
    List<StateVersion> found = store.findAll(db, ids);
    Map<Long, WorkspaceAccess> rights =
        access.workspaces(
            db, caller, found.stream().map(StateVersion::workspaceKey).distinct().toList());
    return found.stream()
        .flatMap(version ->
            Stream.ofNullable(rights.get(version.workspaceKey()))
                .filter(allowed -> allowed.allows(right))
                .map(allowed -> new VisibleState(version, allowed)))
        .toList();
  }

  /// @throws Fault.NotFound when the workspace has no state yet
  public VisibleState current(Principal caller, WorkspaceId workspace) {
    return database.read(db -> {
      WorkspaceAccess rights = access.workspace(db, caller, workspace);
      long key = rights.require(WorkspaceRight.READ_STATE).key();
      return new VisibleState(store.current(db, key).orElseThrow(Fault.NotFound::new), rights);
    });
  }

  public Paged<VisibleState> list(
      Principal caller, String organization, String workspace, List<String> statuses, Page page) {
    return database.read(db -> {
      WorkspaceAccess rights = access.workspaceNamed(db, caller, organization, workspace);
      long key = rights.require(WorkspaceRight.READ_STATE).key();
      return new Paged<>(store.list(db, key, statuses, page), page, store.count(db, key, statuses))
          .map(version -> new VisibleState(version, rights));
    });
  }

  public List<StateOutput> outputs(Principal caller, StateVersionId id) {
    return readable(
        database.read(db ->
            outputs.list(
                db,
                List.of(
                    visible(db, caller, id, WorkspaceRight.READ_STATE_OUTPUTS).version().key()))));
  }

  /// @throws Fault.Unavailable while the state is not parsed yet
  public List<StateOutput> currentOutputs(Principal caller, WorkspaceId workspace) {
    return readable(
        database.read(db -> {
          StateVersion current = forOutputs(db, caller, workspace).orElseThrow(Fault.NotFound::new);
          if (!current.content().isParsed()) {
            throw new Fault.Unavailable("The state is still being processed.", null);
          }
          return outputs.list(db, List.of(current.key()));
        }));
  }

  /// Of all of `ids` whose outputs the caller may read, as far as they are known by now: by two
  /// queries, and one call to vault.
  public List<StateOutput> outputsOf(Principal caller, List<StateVersionId> ids) {
    return readable(
        database.read(db -> {
          List<VisibleState> found = among(db, caller, ids, WorkspaceRight.READ_STATE_OUTPUTS);
          return outputs.list(db, found.stream().map(state -> state.version().key()).toList());
        }));
  }

  private Optional<StateVersion> forOutputs(Handle db, Principal caller, WorkspaceId workspace) {
    WorkspaceAccess rights = access.workspace(db, caller, workspace);
    return store.current(db, rights.require(WorkspaceRight.READ_STATE_OUTPUTS).key());
  }

  /// One output with its value, even if it is sensitive.
  public StateOutput output(Principal caller, StateVersionOutputId id) {
    OutputStore.Sealed found =
        database.read(db -> {
          OutputStore.Sealed sealed = outputs.find(db, id).orElseThrow(Fault.NotFound::new);
          visible(db, caller, sealed.stateVersion(), WorkspaceRight.READ_STATE_OUTPUTS);
          return sealed;
        });
    return opened(found, cipher.decryptTexts(List.of(found.ciphertext())).getFirst());
  }

  /// Archivist has stored a state, or its JSON form. May come twice. As in Terraform Enterprise,
  /// the md5 that the client has declared is not compared with what it has uploaded.
  public void stored(ObjectStored stored) {
    StateVersionId id = new StateVersionId(stored.id());
    database.useTransaction(db -> {
      if (stored.type().equals(StateObjects.JSON_STATE)) {
        store.setJson(db, id, stored.objectId());
        return;
      }
      ObjectFacts facts = new ObjectFacts(stored.objectId(), stored.bytes(), stored.md5());
      boolean isNew = store.finalizePending(db, id, facts);
      StateVersion now = store.find(db, id).orElseThrow(Fault.NotFound::new);
      if (isNew) {
        becameFinal(db, now.workspaceKey(), now.key(), id, id.value());
      } else if (now.status() != StateVersion.Status.FINALIZED) {
        throw new Fault.Conflict("The state version is " + now.status().wire() + ".");
      }
    });
  }

  /// The state that a run's apply has uploaded becomes the workspace's, once per run.
  ///
  /// @param flow of the run
  public void fromRun(Handle db, long workspaceKey, long runKey, String flow, ObjectFacts facts) {
    Optional<StateVersion> before = store.current(db, workspaceKey);
    StateVersionId id = new StateVersionId(parts.ids().next(StateVersionId.PREFIX));
    StateVersionStore.Row row =
        new StateVersionStore.Row(
            id,
            workspaceKey,
            runKey,
            StateVersion.Status.FINALIZED,
            before.map(StateVersion::serial).orElse(0L) + 1,
            before.map(StateVersion::lineage).orElse(null),
            facts.md5(),
            facts.bytes(),
            facts.objectId(),
            null,
            store.authorOfRun(db, runKey).orElse(null));
    long key = store.insert(db, row, parts.clock().instant());
    becameFinal(db, workspaceKey, key, id, flow);
  }

  /// Keeps that nothing can be found in a state, which its owner may download and mend all the
  /// same, and that the job `jid` has been done: trying again would find no more.
  public void unreadable(StateVersionId id, String reason, String jid) {
    database.useTransaction(db -> {
      store.unreadable(db, id);
      parts.outbox().done(db, jid);
    });
    log.atWarn()
        .addKeyValue("state_version_id", id)
        .addKeyValue("reason", reason)
        .log("state cannot be parsed");
  }

  /// Keeps what was found in a state, and that the job `jid` has been done.
  public void parsed(StateVersionId id, ParsedState parsed, String jid) {
    List<byte[]> values =
        parsed.outputs().stream()
            .map(output -> StateVersionStore.json(output.value()))
            .map(json -> json.getBytes(StandardCharsets.UTF_8))
            .toList();
    List<String> ciphertexts = values.isEmpty() ? List.of() : cipher.encrypt(values);
    database.useTransaction(db -> {
      Optional<StateVersion> found = store.find(db, id).filter(StateVersions::isThere);
      if (found.isPresent()) {
        StateVersion version = found.get();
        store.parsed(db, version.key(), parsed);
        resources.replace(db, version.workspaceKey(), version.key(), id, parsed);
        outputs.replace(
            db,
            version.key(),
            parsed.outputs(),
            ciphertexts,
            () -> parts.ids().next(StateVersionOutputId.PREFIX));
        log.atInfo()
            .addKeyValue("state_version_id", id)
            .addKeyValue("resources", parsed.resourceCount())
            .log("state parsed");
      }
      parts.outbox().done(db, jid);
    });
  }

  /// Signed path of the state that a run starts from; empty while there is none.
  public Optional<String> currentStatePath(Handle db, long workspaceKey) {
    return store.current(db, workspaceKey).map(StateVersion::object).map(objects::read);
  }

  /// Signed path of a state; empty when it is gone or was never uploaded.
  public Optional<String> statePath(StateVersionId id) {
    return database
        .read(db -> store.find(db, id))
        .filter(StateVersions::isThere)
        .map(StateVersion::object)
        .map(objects::read);
  }

  private static boolean isThere(StateVersion version) {
    return version.status() != StateVersion.Status.BACKING_DATA_PERMANENTLY_DELETED;
  }

  /// The version is the workspace's now, and waits to be parsed.
  void becameFinal(Handle db, long workspaceKey, long key, StateVersionId id, String flow) {
    store.makeCurrent(db, workspaceKey, key, parts.clock().instant());
    parts.outbox().add(db, new Job.ParseState(id), flow, "");
    log.atInfo().addKeyValue("state_version_id", id).log("state finalized");
  }

  private VisibleState visible(
      Handle db, Principal caller, StateVersionId id, WorkspaceRight right) {
    StateVersion found = store.find(db, id).orElseThrow(Fault.NotFound::new);
    return new VisibleState(
        found, access.workspace(db, caller, found.workspaceId()).require(right));
  }

  /// Decrypts what is not sensitive, by one call.
  private List<StateOutput> readable(List<OutputStore.Sealed> sealed) {
    List<String> values =
        cipher.decryptTexts(
            sealed.stream()
                .filter(one -> !one.output().sensitive())
                .map(OutputStore.Sealed::ciphertext)
                .toList());
    List<StateOutput> readable = new ArrayList<>();
    int next = 0;
    for (OutputStore.Sealed one : sealed) {
      readable.add(one.output().sensitive() ? one.output() : opened(one, values.get(next++)));
    }
    return List.copyOf(readable);
  }

  private static StateOutput opened(OutputStore.Sealed sealed, String json) {
    StateOutput output = sealed.output();
    return new StateOutput(
        output.id(),
        output.name(),
        output.sensitive(),
        output.type(),
        output.detailedType(),
        StateVersionStore.tree(json));
  }
}
