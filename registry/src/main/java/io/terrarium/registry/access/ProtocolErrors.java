package io.terrarium.registry.access;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Outage;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry protocols' own shape of an error.
///
/// @param errors for people
public record ProtocolErrors(List<String> errors) {
  private static final Logger log = LoggerFactory.getLogger(ProtocolErrors.class);

  public ProtocolErrors {
    errors = List.copyOf(errors);
  }

  /// Tells faults, and that a server is away, in that shape; bugs go on as they are.
  public static Filter filter() {
    return (call, next) -> {
      try {
        return next.answer(call);
      } catch (Fault fault) {
        List<String> errors = fault.problems().stream().map(Fault.Problem::detail).toList();
        return Reply.json(fault.status(), new ProtocolErrors(errors));
      } catch (RuntimeException e) {
        if (e instanceof Outage outage && outage.isPassing()) {
          log.atWarn()
              .addKeyValue("reason", outage.getMessage())
              .log("request failed, since a server that it needs does not answer");
          String told = "A server that this needs does not answer. Try again in a moment.";
          return Reply.json(503, new ProtocolErrors(List.of(told)));
        }
        throw e;
      }
    };
  }
}
