package io.terrarium.core.vcs;

import io.terrarium.contracts.id.VcsRepositoryId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.oauthclient.Farewell;
import io.terrarium.core.oauthclient.TokenRenewals;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Webhooks of connections that go: what is needed to take them away at their hosts is kept with
/// the jobs that do so, in the transaction in which the connection goes.
public final class AbandonedHooks implements Farewell {
  private static final Logger log = LoggerFactory.getLogger(AbandonedHooks.class);

  private final Database database;
  private final TokenRenewals renewals;
  private final Outbox outbox;
  private final Clock clock;
  private final AbandonedHookStore store = new AbandonedHookStore();

  public AbandonedHooks(Database database, TokenRenewals renewals, Outbox outbox, Clock clock) {
    this.database = database;
    this.renewals = renewals;
    this.outbox = outbox;
    this.clock = clock;
  }

  /// Later nobody can make a token new.
  @Override
  public void prepare(Farewell.Of of) {
    List<TokenRenewals.Held> ending = database.read(db -> store.ending(db, of));
    for (TokenRenewals.Held held : ending) {
      try {
        renewals.current(held, Map.of());
      } catch (TokenRenewals.SilentHostFault silent) {
        // The connection goes all the same. What the old token cannot do any more is told of then.
        log.atWarn().setCause(silent).log("webhooks may stay at a host that does not answer");
      }
    }
  }

  @Override
  public void take(Handle db, Farewell.Of of) {
    for (VcsRepositoryId id : store.take(db, of, clock.instant())) {
      outbox.add(db, new Job.RemoveWebhook(id), "", "");
    }
  }
}
