package io.terrarium.atlas.ui.workspace;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.account.User;
import io.terrarium.core.account.Users;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.WorkspaceLocks;
import java.util.List;
import java.util.Optional;

/// Who holds a workspace, in words for people.
///
/// @param who such as `alice`
/// @param runPath of the page of the run that holds it; "" where none does
/// @param reason that was given, or ""
/// @param isReader whether it is who looks at it
public record LockHolder(String who, String runPath, String reason, boolean isReader) {
  public boolean isRun() {
    return !runPath.isEmpty();
  }

  static Optional<LockHolder> of(Users users, Principal reader, Workspace workspace) {
    Workspace.Lock lock = workspace.lock();
    if (lock == null) {
      return Optional.empty();
    }
    String runPath = lock.isOfRun() ? NamedWorkspace.path(workspace) + "/runs/" + lock.id() : "";
    return Optional.of(
        new LockHolder(
            who(users, reader, lock),
            runPath,
            lock.reason() == null ? "" : lock.reason(),
            WorkspaceLocks.isHolder(reader, lock)));
  }

  private static String who(Users users, Principal reader, Workspace.Lock lock) {
    return switch (lock.type()) {
      case "users" ->
          users.findAll(reader, List.of(new UserId(lock.id()))).stream()
              .findFirst()
              .map(User::username)
              .orElse("somebody");
      case "teams" -> "the team " + lock.id();
      default -> lock.id();
    };
  }
}
