package io.terrarium.atlas.ui.workspace;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.team.Teams;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceLocks;
import java.util.List;
import java.util.Optional;

/// Finds out who holds a workspace.
public record LockHolders(Users users, Teams teams) {
  Optional<LockHolder> of(Principal reader, Workspace workspace) {
    Workspace.Lock lock = workspace.lock();
    if (lock == null) {
      return Optional.empty();
    }
    String runPath = lock.isOfRun() ? NamedWorkspace.path(workspace) + "/runs/" + lock.id() : "";
    return Optional.of(
        new LockHolder(
            who(reader, lock),
            runPath,
            lock.reason() == null ? "" : lock.reason(),
            WorkspaceLocks.isHolder(reader, lock)));
  }

  private String who(Principal reader, Workspace.Lock lock) {
    return switch (lock.type()) {
      case "users" ->
          users.findAll(reader, List.of(new UserId(lock.id()))).stream()
              .findFirst()
              .map(User::username)
              .orElse("somebody");
      case "teams" ->
          teams.findAll(reader, List.of(new TeamId(lock.id()))).stream()
              .findFirst()
              .map(found -> "the team " + found.team().options().name())
              .orElse("a team");
      default -> lock.id();
    };
  }
}
