package io.terrarium.kernel.http;

/// Where a server listens. Port 0 takes any that is free.
public record HttpAddress(String host, int port) {
  public static HttpAddress loopback(int port) {
    return new HttpAddress("127.0.0.1", port);
  }
}
