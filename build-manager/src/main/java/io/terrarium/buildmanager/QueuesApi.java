package io.terrarium.buildmanager;

import io.terrarium.contracts.build.BrokerReport;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.amqp.AmqpFault;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// How the queues stand, for those who show it and speak no AMQP.
final class QueuesApi {
  private final Broker broker;

  QueuesApi(Broker broker) {
    this.broker = broker;
  }

  void mount(Api api) {
    api.get(InternalApi.QUEUES, this::report);
  }

  private Reply report(Call call) {
    try {
      Broker.Report told = broker.report();
      return Reply.json(
          200,
          new BrokerReport(
              BrokerReport.VERSION,
              told.product(),
              told.queues().stream()
                  .map(one -> new BrokerReport.Queue(one.queue(), one.messages(), one.consumers()))
                  .toList()));
    } catch (AmqpFault fault) {
      throw new Fault.Unavailable("The broker does not tell how its queues stand.", fault);
    }
  }
}
