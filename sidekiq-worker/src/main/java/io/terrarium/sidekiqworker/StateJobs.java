package io.terrarium.sidekiqworker;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.job.Job;
import io.terrarium.contracts.state.ParseRequest;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.stateversion.StateVersions;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Jobs about states.
final class StateJobs {
  private static final int UNPROCESSABLE = 422;

  private final StateVersions states;
  private final Outbox outbox;
  private final ServiceClient stateParser;

  StateJobs(StateVersions states, Outbox outbox, ServiceClient stateParser) {
    this.states = states;
    this.outbox = outbox;
    this.stateParser = stateParser;
  }

  /// Has the state read, and keeps what was found with the deletion of the job's outbox row. A
  /// state version that is gone by now needs nothing, and one that is no state is never asked for
  /// again.
  void parse(Job.ParseState job, Flow flow, String jid) {
    Optional<String> path = states.statePath(job.stateVersionId());
    if (path.isEmpty()) {
      outbox.done(jid);
      return;
    }
    Map<String, String> headers = new LinkedHashMap<>(flow.headers());
    headers.put("Content-Type", "application/json");
    ParseRequest request = new ParseRequest(ParseRequest.VERSION, flow.id(), path.get());
    try {
      ParsedState parsed = stateParser.post(InternalApi.PARSE, request, headers, ParsedState.class);
      states.parsed(job.stateVersionId(), parsed, jid);
    } catch (ServiceFault fault) {
      if (fault.status() != UNPROCESSABLE) {
        throw fault;
      }
      states.unreadable(job.stateVersionId(), fault.summary(), jid);
    }
  }
}
