package io.terrarium.kernel.http;

/// A port that a service needs cannot be had.
public final class ListenFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ListenFault(String service, HttpAddress address, Throwable cause) {
    super(
        service
            + " cannot listen on "
            + address.host()
            + ":"
            + address.port()
            + ": "
            + cause.getMessage(),
        cause);
  }
}
