package io.terrarium.atlas.api.vcs;

import io.terrarium.core.vcs.Webhooks;
import io.terrarium.core.vcshost.WebhookRequest;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.HashMap;
import java.util.Map;

/// Where Git hosts call. They are answered at once; what follows is a job's.
public final class WebhooksApi {
  /// GitHub sends no more.
  private static final long BODY_BYTES_MAX = 25L << 20;

  private final Webhooks webhooks;

  public WebhooksApi(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  public void mount(Api api) {
    api.bodyUpTo(BODY_BYTES_MAX).post("/webhooks/vcs/:token", this::receive);
  }

  /// What a host, or who looks at its list of deliveries, is told.
  record Answer(String status, String detail) {}

  private Reply receive(Call call) {
    Map<String, String> headers = new HashMap<>();
    for (String name : WebhookRequest.HEADERS) {
      call.header(name).ifPresent(value -> headers.put(name, value));
    }
    WebhookRequest request = new WebhookRequest(headers, call.body());
    return switch (webhooks.receive(call.path("token"), request)) {
      case Webhooks.Receipt.Taken taken ->
          Reply.json(202, new Answer("accepted", "It is looked after as " + taken.id() + "."));
      case Webhooks.Receipt.Repeated _ ->
          Reply.json(200, new Answer("repeated", "It has come before."));
      case Webhooks.Receipt.Ignored ignored ->
          Reply.json(200, new Answer("ignored", "Nothing follows from " + ignored.kind() + "."));
    };
  }
}
