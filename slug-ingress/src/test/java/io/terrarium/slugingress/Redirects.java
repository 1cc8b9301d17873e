package io.terrarium.slugingress;

import com.sun.net.httpserver.HttpHandler;
import io.terrarium.testsupport.LocalServer;

/// A repository that has moved.
final class Redirects {
  private Redirects() {}

  /// @param url of the repository in its new place
  static HttpHandler to(String url) {
    return exchange -> {
      String request = exchange.getRequestURI().toString();
      String rest = request.substring(request.indexOf(".git/") + ".git".length());
      exchange.getResponseHeaders().add("Location", url + rest);
      LocalServer.answer(exchange, 302, "");
    };
  }
}
