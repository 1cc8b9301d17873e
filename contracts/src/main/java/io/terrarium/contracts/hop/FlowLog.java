package io.terrarium.contracts.hop;

import io.terrarium.kernel.amqp.Delivery;
import io.terrarium.kernel.amqp.DeliveryHandler;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.telemetry.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Has the lines about a call, a message or a job name the run that it belongs to, by what travels
/// with it anyway.
public final class FlowLog {
  private static final String RUN = "run_id";
  private static final Pattern ID = Pattern.compile("[a-z]+-[A-Za-z0-9]{1,64}");
  private static final Pattern RUN_IN_PATH =
      Pattern.compile("/runs/(run-[A-Za-z0-9]{1,64})(?:/|$)");
  private static final Pattern PHASE = Pattern.compile("plan|apply");

  private FlowLog() {}

  /// Before the endpoints of a service. A caller that knows of no flow may name a run in its path.
  public static Filter filter() {
    return (call, next) -> {
      try (LogScope _ = LogScope.open(of(call::header, call.path()))) {
        return next.answer(call);
      }
    };
  }

  /// The same for messages.
  public static DeliveryHandler around(DeliveryHandler handler) {
    return new DeliveryHandler() {
      @Override
      public void handle(Delivery delivery) throws Exception {
        handler.handle(delivery);
      }

      @Override
      public Map<String, String> logged(Delivery delivery) {
        Map<String, String> headers = delivery.message().headers();
        return of(name -> Optional.ofNullable(headers.get(name)));
      }
    };
  }

  /// Of a call: what its headers say, else its path.
  public static Map<String, String> of(Function<String, Optional<String>> header, String path) {
    Map<String, String> fields = of(header);
    if (!fields.containsKey(RUN)) {
      Matcher run = RUN_IN_PATH.matcher(path);
      if (run.find()) {
        fields.put(RUN, run.group(1));
      }
    }
    return fields;
  }

  private static Map<String, String> of(Function<String, Optional<String>> header) {
    Map<String, String> fields =
        of(header.apply(FlowHeaders.FLOW).orElse(""), header.apply(FlowHeaders.PHASE).orElse(""));
    header
        .apply(FlowHeaders.TRACEPARENT)
        .flatMap(TraceContext::of)
        .ifPresent(place -> fields.put(LogScope.TRACE_ID, place.traceId()));
    return fields;
  }

  /// What a flow is called in the log: a run's `run_id`, with its phase; `flow` where it is of
  /// anything else.
  public static Map<String, String> of(String flow, String phase) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (ID.matcher(flow).matches()) {
      fields.put(flow.startsWith("run-") ? RUN : "flow", flow);
    }
    if (PHASE.matcher(phase).matches()) {
      fields.put("phase", phase);
    }
    return fields;
  }
}
