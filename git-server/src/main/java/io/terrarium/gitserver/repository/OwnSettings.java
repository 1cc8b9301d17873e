package io.terrarium.gitserver.repository;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// Keeps JGit from what the machine and its user have set for their own Git: repositories are
/// served by their own configuration alone. JGit asks one reader for all of that, one in a process,
/// so another's that is there is asked for the rest.
final class OwnSettings extends SystemReader.Delegate {
  private OwnSettings() {
    super(SystemReader.getInstance());
  }

  static synchronized void use() {
    if (!(SystemReader.getInstance() instanceof OwnSettings)) {
      SystemReader.setInstance(new OwnSettings());
    }
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  /// A configuration without a file.
  private static final class Nothing extends FileBasedConfig {
    @SuppressWarnings("NullAway") // JGit's own empty configurations have no file either
    Nothing(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
