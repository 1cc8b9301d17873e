package io.terrarium.core.run;

import io.terrarium.contracts.build.Phase;
import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.kernel.database.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/// Lets waiting phases out to the workers, never more than they have room for. The backlog itself
/// waits in PostgreSQL, where its order can still change: applies before plans before speculative
/// plans, then the organization that has least at work, then age.
public final class RunDispatch {
  /// A few commands may wait at the broker, so that a slot that gets free is filled at once.
  private static final int MARGIN = 2;

  // Several nodes may dispatch. Whoever comes second waits for the first, which may have looked for
  // candidates before that came into being what woke the second; it takes milliseconds.
  private static final String ALONE = "SELECT pg_advisory_xact_lock(715517, 1)";

  private static final String ROOM =
      """
      SELECT coalesce((SELECT sum(free) FROM workers
                        WHERE NOT draining AND seen_at > now() - interval '15 seconds'), 0)
           - (SELECT count(*) FROM phases p JOIN runs r ON r.id = p.run_id
               WHERE p.status = 'queued' AND p.released_at IS NOT NULL
                 AND r.status IN ('queuing', 'plan_queued', 'queuing_apply', 'apply_queued'))
           AS room,
             EXISTS (SELECT FROM workers WHERE NOT draining AND slots > 0
                        AND seen_at > now() - interval '15 seconds') AS manned
      """;

  // At most as many of each organization as there is room, so that one cannot hide another.
  private static final String CANDIDATES =
      """
      SELECT * FROM (
        SELECT r.id, r.organization_id, p.id AS phase_key, p.phase,
               CASE WHEN p.phase = 'apply' THEN 0 ELSE r.priority END AS class,
               row_number() OVER (PARTITION BY r.organization_id,
                                    CASE WHEN p.phase = 'apply' THEN 0 ELSE r.priority END
                                  ORDER BY r.id) AS place
          FROM runs r JOIN phases p ON p.run_id = r.id
               JOIN organizations o ON o.id = r.organization_id
         WHERE p.status = 'queued' AND p.released_at IS NULL AND NOT o.is_disabled
           AND ((r.status = 'queuing' AND p.phase = 'plan')
             OR (r.status = 'queuing_apply' AND p.phase = 'apply'))) waiting
       WHERE place <= :room
       ORDER BY class, id
      """;

  private static final String AT_WORK =
      """
      SELECT r.organization_id, count(*) FROM runs r
       WHERE r.status IN ('plan_queued', 'planning', 'apply_queued', 'applying')
       GROUP BY r.organization_id
      """;

  private record Candidate(long runKey, long organizationKey, Phase phase, int priority) {}

  private record Room(int free, boolean manned) {}

  private final Database database;
  private final PhaseRelease release;
  private final Supplier<GeneralSettings> settings;
  private final RunStore runs = new RunStore();
  private final PhaseStore phases = new PhaseStore();

  RunDispatch(Database database, PhaseRelease release, Supplier<GeneralSettings> settings) {
    this.database = database;
    this.release = release;
    this.settings = settings;
  }

  /// Releases what there is room for.
  ///
  /// @return how many phases went out
  public int dispatch() {
    return database.inTransaction(db -> {
      db.execute(ALONE);
      int room = room(db);
      if (room <= 0) {
        return 0;
      }
      List<Candidate> chosen = choose(db, room);
      for (Candidate candidate : chosen) {
        Run run = runs.find(db, candidate.runKey()).orElseThrow();
        release.release(db, run, phases.ofRun(db, run.key(), candidate.phase()));
      }
      return chosen.size();
    });
  }

  private static int room(Handle db) {
    Room room =
        db.createQuery(ROOM).map((row, _) -> new Room(row.getInt(1), row.getBoolean(2))).one();
    return room.manned() ? room.free() + MARGIN : 0;
  }

  private List<Candidate> choose(Handle db, int room) {
    List<Candidate> waiting =
        db.createQuery(CANDIDATES)
            .bind("room", room)
            .map((row, _) ->
                new Candidate(
                    row.getLong("id"),
                    row.getLong("organization_id"),
                    row.getString("phase").equals("plan") ? Phase.PLAN : Phase.APPLY,
                    row.getInt("class")))
            .list();
    if (waiting.size() <= room || !settings.get().fairRunQueuingEnabled()) {
      return waiting.subList(0, Math.min(room, waiting.size()));
    }
    return fairly(waiting, atWork(db), room);
  }

  /// Takes, again and again, the first of the organization with least at work within the best
  /// class.
  private static List<Candidate> fairly(
      List<Candidate> waiting, Map<Long, Integer> atWork, int room) {
    List<Candidate> left = new ArrayList<>(waiting);
    List<Candidate> chosen = new ArrayList<>();
    while (chosen.size() < room && !left.isEmpty()) {
      Candidate best = left.getFirst();
      for (Candidate other : left) {
        if (other.priority() != best.priority()) {
          break;
        }
        if (share(atWork, other) < share(atWork, best)) {
          best = other;
        }
      }
      left.remove(best);
      chosen.add(best);
      atWork.merge(best.organizationKey(), 1, Integer::sum);
    }
    return chosen;
  }

  private static int share(Map<Long, Integer> atWork, Candidate candidate) {
    return atWork.getOrDefault(candidate.organizationKey(), 0);
  }

  private static Map<Long, Integer> atWork(Handle db) {
    Map<Long, Integer> counts = new HashMap<>();
    db.createQuery(AT_WORK)
        .map((row, _) -> Map.entry(row.getLong(1), row.getInt(2)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }
}
