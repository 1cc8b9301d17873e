package io.terrarium.kernel.http;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Outage;
import io.terrarium.kernel.log.LogScope;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A server that we need does not answer: the caller is told that the same request will do later.
public final class Outages {
  private static final Logger log = LoggerFactory.getLogger(Outages.class);

  private Outages() {}

  /// What the caller is told, once the log has it; empty when `failure` will not pass by itself.
  public static Optional<Fault.Unavailable> find(Exception failure, Call call) {
    if (!(failure instanceof Outage outage) || !outage.isPassing()) {
      return Optional.empty();
    }
    log.atWarn()
        .addKeyValue("method", call.method())
        .addKeyValue("path", LoggedPath.of(call.path()))
        .addKeyValue("reason", outage.getMessage())
        .log("request failed, since a server that it needs does not answer");
    return Optional.of(
        new Fault.Unavailable(
            "A server that this needs does not answer. Try again in a moment; the log has it under"
                + " request "
                + LogScope.fields().get(LogScope.REQUEST_ID)
                + ".",
            null));
  }
}
