package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.lab.LabPart;
import io.terrarium.contracts.lab.LabState;
import io.terrarium.contracts.node.NodeRegister;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.hop.Hops;
import io.terrarium.core.lab.LabNote;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunFilter;
import io.terrarium.core.run.RunOperation;
import io.terrarium.core.run.RunPhase;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What can be seen of an exercise now: the learner's notes, and the mesh itself.
final class Scene {
  private static final Page NEWEST = new Page(1, 100);

  private final UserPrincipal learner;
  private final LabNote note;
  private final LabState mesh;
  private final Sources sources;

  /// Where to look.
  record Sources(Workspaces workspaces, Runs runs, Hops hops, Redis redis) {}

  Scene(UserPrincipal learner, LabNote note, LabState mesh, Sources sources) {
    this.learner = learner;
    this.note = note;
    this.mesh = mesh;
    this.sources = sources;
  }

  UserPrincipal learner() {
    return learner;
  }

  String exercise() {
    return note.lab();
  }

  LabState mesh() {
    return mesh;
  }

  /// "" for what is not noted.
  String fact(String key) {
    return note.fact(key);
  }

  /// When the learner did that to the part from the page of the labs, the last time.
  Optional<Instant> did(String action, String part) {
    return Optional.of(fact(action + " " + part))
        .filter(when -> !when.isEmpty())
        .map(Instant::parse);
  }

  LabPart.State part(String name) {
    return mesh.parts().stream()
        .filter(part -> part.name().equals(name))
        .findFirst()
        .map(LabPart::state)
        .orElse(LabPart.State.RUNNING);
  }

  /// The workspace that is remembered under `key`, if it is still there.
  Optional<Workspace> workspace(String key) {
    if (fact(key).isEmpty()) {
      return Optional.empty();
    }
    try {
      Visible found =
          sources.workspaces().find(learner, new Address.ById(new WorkspaceId(fact(key))));
      return Optional.of(found.workspace());
    } catch (Fault.NotFound gone) {
      return Optional.empty();
    }
  }

  /// Runs of a workspace, plan-only ones too, the newest first.
  List<Run> runs(String key) {
    RunFilter all =
        new RunFilter(
            List.of(),
            Optional.empty(),
            Stream.of(RunOperation.values()).map(RunOperation::wire).toList(),
            List.of(),
            List.of(),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return workspace(key)
        .map(there ->
            sources.runs().list(learner, there.id(), all, NEWEST).items().stream()
                .map(VisibleRun::run)
                .toList())
        .orElse(List.of());
  }

  Optional<Run> newestRun(String key) {
    return runs(key).stream().findFirst();
  }

  RunPhase phase(Run run, Phase phase) {
    VisibleRun visible = sources.runs().find(learner, run.id());
    return sources.runs().phases(visible).get(phase == Phase.PLAN ? 0 : 1);
  }

  List<Hop> hops(RunId run) {
    return sources.hops().of(run.value());
  }

  /// Empty while Redis is away.
  List<NodeRegister.Listed> nodes() {
    try {
      return new NodeRegister(sources.redis()).list();
    } catch (RedisFault away) {
      return List.of();
    }
  }
}
