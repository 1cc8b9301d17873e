package io.terrarium.atlas.ui.mesh;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Area;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.live.ChangeFeed;
import io.terrarium.contracts.build.BrokerReport;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.node.NodeEntry;
import io.terrarium.contracts.node.NodeRegister;
import io.terrarium.core.hop.Hops;
import io.terrarium.core.live.Changes;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisFault;
import io.terrarium.kernel.sidekiq.SidekiqStats;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The map of the mesh, and its nodes. The map names nothing of any organization, so everybody who
/// is signed in may look at it; nodes are for site admins.
public final class MeshPages {
  private static final Duration TRAFFIC = Duration.ofMinutes(1);

  private final Pages pages;
  private final Hops hops;
  private final Redis redis;
  private final BuildQueues queues;
  private final Changes changes;
  private final Clock clock;

  /// Who knows how the mesh is.
  public record Sources(Hops hops, Redis redis, BuildQueues queues) {}

  public MeshPages(Pages pages, Sources sources, Changes changes, Clock clock) {
    this.pages = pages;
    this.hops = sources.hops();
    this.redis = sources.redis();
    this.queues = sources.queues();
    this.changes = changes;
    this.clock = clock;
  }

  public void mount(Api api) {
    api.get("/app/mesh", this::map);
    api.get("/app/mesh/live", this::watch);
    api.behind(siteAdmins()).get("/app/mesh/nodes", this::nodes);
  }

  /// What nobody else sees is not there for them.
  public static Filter siteAdmins() {
    return (call, next) -> {
      if (!call.get(Session.class).user().siteAdmin()) {
        throw new Fault.NotFound();
      }
      return next.answer(call);
    };
  }

  /// What is known of the queues.
  ///
  /// @param stats absent while Redis is away
  public record MapView(MeshMap map, Optional<SidekiqStats> stats, int nodes, boolean isSiteAdmin) {
    /// The page of what stands on the map, "" where there is none for the reader.
    public String pageOf(String name) {
      if (!isSiteAdmin) {
        return "";
      }
      return switch (name) {
        case "redis", "sidekiq-worker" -> "/app/mesh/jobs";
        case "rabbitmq" -> "/app/mesh/broker";
        default -> "";
      };
    }
  }

  public record NodesView(List<NodeRegister.Listed> nodes, boolean isRedisAway) {}

  private Reply map(Call call) {
    List<NodeRegister.Listed> nodes = List.of();
    Optional<SidekiqStats> stats = Optional.empty();
    try {
      nodes = new NodeRegister(redis).list();
      stats = Optional.of(SidekiqStats.read(redis, clock.instant()));
    } catch (RedisFault away) {
      // The map says so: it has nothing to tell of the queues.
    }
    BuildQueues.Answer broker = queues.ask();
    Map<String, String> statuses = statuses(nodes, stats.isPresent());
    statuses.put("rabbitmq", broker.status());
    Map<String, String> words = words(nodes, stats);
    broker.report().ifPresent(report -> words.put("rabbitmq", words(report)));
    MeshMap map = MeshMap.of(statuses, words, hops.traffic(TRAFFIC));
    MapView view =
        new MapView(map, stats, nodes.size(), call.get(Session.class).user().siteAdmin());
    return call.header("HX-Request").isPresent()
        ? pages.piece("mesh/map", view)
        : pages.page(call, "The mesh", Place.of(Area.MESH, "map"), "mesh/show", view);
  }

  /// A service is as bad as at the node where it is worst.
  private static Map<String, String> statuses(
      List<NodeRegister.Listed> nodes, boolean isRedisThere) {
    Map<String, String> statuses = new HashMap<>();
    for (NodeRegister.Listed node : nodes) {
      node.entry()
          .services()
          .forEach((name, status) ->
              statuses.merge(name, status, (one, other) -> one.equals("UP") ? other : one));
    }
    statuses.put("atlas", "UP");
    statuses.put("router", "UP");
    statuses.put("redis", isRedisThere ? "UP" : "DOWN");
    return statuses;
  }

  private static Map<String, String> words(
      List<NodeRegister.Listed> nodes, Optional<SidekiqStats> stats) {
    Map<String, String> words = new LinkedHashMap<>();
    int slots = nodes.stream().map(NodeRegister.Listed::entry).mapToInt(NodeEntry::slots).sum();
    int free = nodes.stream().map(NodeRegister.Listed::entry).mapToInt(NodeEntry::free).sum();
    words.put("build-worker", (slots - free) + " of " + slots + " slots busy");
    stats.ifPresent(jobs -> {
      long waiting = jobs.queues().values().stream().mapToLong(SidekiqStats.Queue::size).sum();
      words.put("redis", waiting + " jobs wait");
      words.put("sidekiq-worker", jobs.busy() + " jobs in hand");
    });
    return words;
  }

  /// Dead letters wait for nobody of the mesh, so they are told apart.
  private static String words(BrokerReport report) {
    long waiting = 0;
    long dead = 0;
    for (BrokerReport.Queue queue : report.queues()) {
      if (queue.name().equals(BuildTopology.DEAD_LETTER_QUEUE)) {
        dead += queue.messages();
      } else {
        waiting += queue.messages();
      }
    }
    return waiting + " messages wait" + (dead == 0 ? "" : ", " + dead + " dead");
  }

  private Reply watch(Call call) {
    return Reply.events(ChangeFeed.ticking(changes.watch("hops"), clock));
  }

  private Reply nodes(Call call) {
    NodesView view;
    try {
      view = new NodesView(new NodeRegister(redis).list(), false);
    } catch (RedisFault away) {
      view = new NodesView(List.of(), true);
    }
    return call.header("HX-Request").isPresent()
        ? pages.piece("mesh/nodeRows", view)
        : pages.page(call, "Nodes", Place.of(Area.MESH, "nodes"), "mesh/nodes", view);
  }
}
