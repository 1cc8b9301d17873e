package io.terrarium.kernel.net;

/// What is told of a server of the settings that does not answer as it should, and where to look.
///
/// @param address variable that names the server
/// @param kind what it should be
/// @param tls variable that says whether it speaks TLS
public record Unanswered(String address, String kind, String tls) {
  public String told(HostPort server, boolean overTls, String reason) {
    String where = address + " does not answer as " + kind + " at " + server;
    return overTls
        ? where
            + " over TLS; look at "
            + tls
            + ", at the certificate of the server and at TFE_TLS_CA_BUNDLE_FILE: "
            + reason
        : where + " without TLS; start it, mend the address, or look at " + tls + ": " + reason;
  }
}
