package io.terrarium.core.live;

import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.database.Notifications;
import io.terrarium.kernel.runtime.Topics;

/// What has changed, by id, as it is committed by whichever service: runs (`run-…`, with whatever
/// belongs to them), runs of a workspace and what it fetches from Git (`ws-…`), runs of an
/// organization (`org-…`), and hops of a flow (`hops/run-…`, or `hops` for all). One connection
/// listens for all who watch.
public final class Changes implements AutoCloseable {
  private final Topics topics = new Topics();
  private final Notifications notifications;

  /// @param schema whose triggers tell
  public Changes(DatabaseConfig database, String schema) {
    notifications = Notifications.begin(database, "changes", "terrarium_" + schema, topics);
  }

  public Topics.Watch watch(String topic) {
    return topics.watch(topic);
  }

  @Override
  public void close() {
    notifications.close();
  }
}
