package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.kernel.Fault;
import io.terrarium.slugingress.limit.IngressFault;

/// What the outbound proxy's answers mean to people.
final class Refusals {
  private Refusals() {}

  /// @param status that the proxy has answered with
  static RuntimeException fault(int status, String reason) {
    return switch (status) {
      case 403, 400 -> new IngressFault(Reason.BAD_ADDRESS, reason);
      case 503 -> new Fault.Unavailable("Too many requests are on their way out.", null);
      default -> new IngressFault(Reason.HOST_UNREACHABLE, reason);
    };
  }

  /// Of its answer to `CONNECT`, where nothing but the status is known.
  static RuntimeException ofTunnel(String status, String host) {
    return switch (status) {
      case "403" -> fault(403, notPublic(host));
      case "503" -> fault(503, "");
      default -> fault(502, unreachable(host));
    };
  }

  private static String notPublic(String host) {
    return host
        + " leads to no public address, which nobody may call from here unless"
        + " TERRARIUM_OUTBOUND_ALLOW names it.";
  }

  private static String unreachable(String host) {
    return "The host " + host + " cannot be found or does not answer.";
  }
}
