package io.terrarium.atlas.ui.mesh;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Area;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisFault;
import io.terrarium.kernel.sidekiq.JobSet;
import io.terrarium.kernel.sidekiq.SidekiqStats;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;

/// What Sidekiq's own page shows: queues, jobs to be tried again and why, dead ones, and what an
/// operator may do with them. For site admins.
public final class JobPages {
  private static final String ALL = "/app/mesh/jobs";
  private static final String ONE = ALL + "/:set_name/:job_id";

  private final Pages pages;
  private final Redis redis;
  private final Clock clock;

  public JobPages(Pages pages, Redis redis, Clock clock) {
    this.pages = pages;
    this.redis = redis;
    this.clock = clock;
  }

  public void mount(Api api) {
    Api admins = api.behind(MeshPages.siteAdmins());
    admins.get(ALL, this::show);
    admins.get(ALL + "/:set_name", this::list);
    admins.post(ONE + "/retry", this::enqueue);
    admins.post(ONE + "/delete", this::delete);
  }

  public record View(SidekiqStats stats) {}

  /// @param name of the set, as it stands in addresses
  public record SetView(String name, Page page, JobSet.Part part, String formToken) {}

  private Reply show(Call call) {
    View view = new View(asked(() -> SidekiqStats.read(redis, clock.instant())));
    return call.header("HX-Request").isPresent()
        ? pages.piece("mesh/jobCounts", view)
        : pages.page(call, "Jobs", Place.of(Area.MESH, "jobs"), "mesh/jobs", view);
  }

  private Reply list(Call call) {
    JobSet.Kind kind = kind(call);
    Page page = Page.of(call);
    JobSet.Part part = asked(() -> new JobSet(redis, kind).list(page.offset(), page.size()));
    SetView view =
        new SetView(call.path("set_name"), page, part, call.get(Session.class).formToken().value());
    return pages.page(call, title(kind), Place.of(Area.MESH, "jobs"), "mesh/jobSet", view);
  }

  private Reply enqueue(Call call) {
    boolean isMoved = asked(() -> new JobSet(redis, kind(call)).enqueue(call.path("job_id")));
    return back(call, isMoved ? "The job is back in its queue." : "The job is not here any more.");
  }

  private Reply delete(Call call) {
    boolean isGone = asked(() -> new JobSet(redis, kind(call)).delete(call.path("job_id")));
    return back(call, isGone ? "The job is gone." : "The job is not here any more.");
  }

  private Reply back(Call call, String notice) {
    return pages.done(ALL + "/" + call.path("set_name"), notice);
  }

  private static JobSet.Kind kind(Call call) {
    return Arrays.stream(JobSet.Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(call.path("set_name")))
        .findFirst()
        .orElseThrow(Fault.NotFound::new);
  }

  private static String title(JobSet.Kind kind) {
    return switch (kind) {
      case SCHEDULED -> "Scheduled jobs";
      case RETRIES -> "Jobs to be tried again";
      case DEAD -> "Dead jobs";
    };
  }

  private interface Question<T> {
    T ask();
  }

  private static <T> T asked(Question<T> question) {
    try {
      return question.ask();
    } catch (RedisFault away) {
      throw new Fault.Unavailable(
          "Redis does not answer, and the jobs are there. Nothing of them is lost: atlas pushes"
              + " again what is not done.",
          null);
    }
  }
}
