package io.terrarium.atlas.ui.mesh;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Area;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.build.BrokerReport;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.kernel.amqp.AmqpTopology;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// RabbitMQ as the mesh uses it: what its queues are for and how they stand, and what leads there.
/// For site admins.
public final class BrokerPages {
  private static final String RABBITMQ = "RabbitMQ";

  private final Pages pages;
  private final BuildQueues queues;

  public BrokerPages(Pages pages, BuildQueues queues) {
    this.pages = pages;
    this.queues = queues;
  }

  public void mount(Api api) {
    api.behind(MeshPages.siteAdmins()).get("/app/mesh/broker", this::show);
  }

  /// @param standing absent where the broker does not tell
  public record Row(
      String name,
      String purpose,
      String publisher,
      String consumer,
      Optional<BrokerReport.Queue> standing) {
    public boolean isDeadLetters() {
      return name.equals(BuildTopology.DEAD_LETTER_QUEUE);
    }

    public String messages() {
      return standing.map(told -> Long.toString(told.messages())).orElse("?");
    }

    public String consumers() {
      return standing.map(told -> Integer.toString(told.consumers())).orElse("?");
    }

    /// Whether somebody has to look at it.
    public boolean isTrouble() {
      return isDeadLetters() && standing.filter(told -> told.messages() > 0).isPresent();
    }
  }

  /// @param bound the queues that it leads to
  public record Exchange(
      String name, String kind, String purpose, String publisher, List<String> bound) {}

  public record View(BuildQueues.Answer answer, List<Row> rows, List<Exchange> exchanges) {
    public boolean isManagerAway() {
      return answer instanceof BuildQueues.ManagerAway;
    }

    public boolean isBrokerAway() {
      return answer instanceof BuildQueues.BrokerAway;
    }

    /// As the broker calls itself, "" where nobody knows.
    public String product() {
      return answer.report().map(BrokerReport::product).orElse("");
    }

    /// Whether what a consumer has in hand is among the messages that are told.
    public boolean countsWhatIsInHand() {
      return answer.report().isPresent() && !product().equals(RABBITMQ);
    }
  }

  private Reply show(Call call) {
    BuildQueues.Answer answer = queues.ask();
    View view = new View(answer, rows(answer), exchanges());
    return call.header("HX-Request").isPresent()
        ? pages.piece("mesh/brokerQueues", view)
        : pages.page(call, "Broker", Place.of(Area.MESH, "broker"), "mesh/broker", view);
  }

  private static List<Row> rows(BuildQueues.Answer answer) {
    Map<String, BrokerReport.Queue> told =
        answer.report().stream()
            .flatMap(report -> report.queues().stream())
            .collect(
                Collectors.toMap(BrokerReport.Queue::name, Function.identity(), (one, _) -> one));
    return BrokerWords.QUEUES.stream()
        .map(queue ->
            new Row(
                queue.name(),
                queue.purpose(),
                queue.publisher(),
                queue.consumer(),
                Optional.ofNullable(told.get(queue.name()))))
        .toList();
  }

  private static List<Exchange> exchanges() {
    AmqpTopology topology = BuildTopology.declaration();
    return BrokerWords.EXCHANGES.stream()
        .map(exchange ->
            new Exchange(
                exchange.name(),
                kind(topology, exchange.name()),
                exchange.purpose(),
                exchange.publisher(),
                bound(topology, exchange)))
        .toList();
  }

  private static String kind(AmqpTopology topology, String exchange) {
    return topology.exchanges().stream()
        .filter(declared -> declared.name().equals(exchange))
        .map(declared -> declared.kind().name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }

  private static List<String> bound(AmqpTopology topology, BrokerWords.Exchange exchange) {
    List<String> bound = new ArrayList<>();
    topology.bindings().stream()
        .filter(binding -> binding.exchange().equals(exchange.name()))
        .map(AmqpTopology.Binding::queue)
        .forEach(bound::add);
    if (!exchange.besides().isEmpty()) {
      bound.add(exchange.besides());
    }
    return bound;
  }
}
