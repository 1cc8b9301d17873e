package io.terrarium.embedded;

import io.terrarium.kernel.http.RequestId;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.MediaType;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

/// What the router itself answers: a JSON:API error, as every service would.
enum RouterAnswer {
  NOT_FOUND(404, "not found", "there is nothing at this path"),
  BAD_GATEWAY(502, "bad gateway", "the service broke off its answer"),
  UNAVAILABLE(503, "service unavailable", "the service is not up; try again in a moment");

  private static final String MEDIA_TYPE = "application/vnd.api+json";
  private static final String RETRY_AFTER_SECONDS = "1";

  private final int status;
  private final String body;

  RouterAnswer(int status, String title, String detail) {
    this.status = status;
    JsonObject error =
        new JsonObject()
            .put("status", Integer.toString(status))
            .put("title", title)
            .put("detail", detail);
    this.body = new JsonObject().put("errors", JsonArray.of(error)).encode();
  }

  /// Answers a request that goes to no service.
  void send(HttpServerRequest request) {
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
        .putHeader(RequestId.HEADER, request.getHeader(RequestId.HEADER))
        .end(body)
        .onFailure(_ -> request.connection().close());
  }

  /// Answers in the place of a service that could not.
  ProxyResponse inPlaceOf(ProxyRequest request) {
    String id = request.proxiedRequest().getHeader(RequestId.HEADER);
    ProxyResponse response =
        request.release().response().setStatusCode(status).putHeader(RequestId.HEADER, id);
    if (this == UNAVAILABLE) {
      response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
    }
    return response.setBody(Body.body(Buffer.buffer(body), MediaType.parse(MEDIA_TYPE)));
  }
}
