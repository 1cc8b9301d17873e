package io.terrarium.core.settings;

import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads and changes the site's general settings.
public final class Settings {
  private static final Duration REMEMBERED = Duration.ofSeconds(1);

  private final Database database;
  private final Clock clock;
  private final SettingsStore store = new SettingsStore();
  private volatile @Nullable Remembered remembered;

  private record Remembered(GeneralSettings settings, Instant until) {}

  public Settings(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /// As they are; a change by another node shows within a second.
  public GeneralSettings current() {
    Remembered entry = remembered;
    Instant now = clock.instant();
    if (entry != null && entry.until().isAfter(now)) {
      return entry.settings();
    }
    return remember(database.read(store::find), now);
  }

  /// For the administration, past what is remembered.
  public GeneralSettings show(Principal principal) {
    Access.requireSiteAdmin(principal);
    return database.read(store::find);
  }

  public GeneralSettings change(Principal principal, UnaryOperator<GeneralSettings> change) {
    Access.requireSiteAdmin(principal);
    GeneralSettings changed =
        database.inTransaction(db -> {
          GeneralSettings after = change.apply(store.findForUpdate(db));
          store.replace(db, after);
          return after;
        });
    return remember(changed, clock.instant());
  }

  private GeneralSettings remember(GeneralSettings settings, Instant now) {
    remembered = new Remembered(settings, now.plus(REMEMBERED));
    return settings;
  }
}
