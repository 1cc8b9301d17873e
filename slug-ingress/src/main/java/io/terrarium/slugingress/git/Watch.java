package io.terrarium.slugingress.git;

import io.terrarium.slugingress.limit.Allowance;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.jspecify.annotations.Nullable;

/// Ends JGit's work on a pack when time is over, also where that work waits for nobody.
final class Watch implements ProgressMonitor {
  private final Allowance allowance;

  Watch(Allowance allowance) {
    this.allowance = allowance;
  }

  @Override
  public void start(int totalTasks) {}

  /// What follows the receipt of a pack is work of our own.
  @Override
  public void beginTask(@Nullable String title, int totalWork) {
    allowance.check();
    if (JGitText.get().resolvingDeltas.equals(title)) {
      allowance.listenNoMore();
    }
  }

  @Override
  public void update(int completed) {
    allowance.check();
  }

  @Override
  public void endTask() {
    allowance.check();
  }

  @Override
  public boolean isCancelled() {
    return allowance.fault().isPresent();
  }

  @Override
  public void showDuration(boolean enabled) {}
}
