package io.terrarium.stateparser;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.state.ParseRequest;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Health;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Program;
import io.terrarium.kernel.runtime.Service;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads state files for whoever asks. It keeps nothing.
public final class StateParser {
  private static final String NAME = "state-parser";
  private static final Duration ARCHIVIST_TIMEOUT = Duration.ofSeconds(60);

  private final ServiceClient archivist;
  private final HopReporter hops;
  private final Clock clock;

  private StateParser(ServiceClient archivist, HopReporter hops, Clock clock) {
    this.archivist = archivist;
    this.hops = hops;
    this.clock = clock;
  }

  public static Service start(StateParserConfig config, Platform platform) {
    return Service.start(
        NAME,
        platform,
        config.listen(),
        List.of(FlowLog.filter()),
        parts -> {
          StateParser parser =
              new StateParser(
                  parts.add(
                      new ServiceClient(config.router(), Optional.empty(), ARCHIVIST_TIMEOUT)),
                  parts.add(new HopReporter(NAME, config.router(), config.internalToken())),
                  platform.clock());
          return api -> {
            new Health().mount(api);
            api.behind(BearerToken.required(config.internalToken()))
                .post(InternalApi.PARSE, parser::parse);
          };
        });
  }

  static void main(String[] args) {
    Program.serve(NAME, StateParserConfig::from, StateParser::start);
  }

  private Reply parse(Call call) {
    Instant received = clock.instant();
    ParseRequest request = call.json(ParseRequest.class);
    Flow flow = Flow.of(call::header, received);
    ParsedState parsed = read(request.statePath(), flow.on(NAME, clock.instant()).headers());
    if (!flow.id().isEmpty()) {
      hops.add(
          flow.hop(Step.OURS, "parse the state", NAME, Medium.HTTP, received, clock.instant())
              .sending(new Shown.Parse()));
    }
    return Reply.json(200, parsed);
  }

  private ParsedState read(String path, Map<String, String> headers) {
    try (InputStream state =
        archivist
            .get(path, headers)
            .orElseThrow(() -> new Fault.NotFound("The state is not in the store."))) {
      return StateFile.read(state);
    } catch (ServiceFault fault) {
      throw new Fault.Unavailable("The state could not be fetched: " + fault.summary(), fault);
    } catch (IOException e) {
      throw new Fault.Unavailable("The state could not be read to its end.", e);
    }
  }
}
