package io.terrarium.atlas.ui.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.kernel.amqp.AmqpTopology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BrokerWordsTest {
  private final AmqpTopology topology = BuildTopology.declaration();

  @Test
  void there_are_words_for_every_queue() {
    List<String> queues = new ArrayList<>(topology.queues());
    queues.add(topology.deadLetterQueue());

    assertThat(BrokerWords.QUEUES)
        .extracting(BrokerWords.Queue::name)
        .containsExactlyElementsOf(queues);
  }

  @Test
  void there_are_words_for_every_exchange() {
    assertThat(BrokerWords.EXCHANGES)
        .extracting(BrokerWords.Exchange::name)
        .containsExactlyElementsOf(
            topology.exchanges().stream().map(AmqpTopology.Exchange::name).toList());
  }
}
