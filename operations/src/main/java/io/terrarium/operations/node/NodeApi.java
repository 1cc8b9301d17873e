package io.terrarium.operations.node;

import io.terrarium.contracts.node.NodeRegister;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;

/// What `terrarium admin` asks of this node. It is on the port of this service alone, which no
/// router leads to.
public final class NodeApi {
  private final Node node;

  record Nodes(List<NodeRegister.Listed> nodes) {}

  public NodeApi(Node node) {
    this.node = node;
  }

  /// Behind a good internal token.
  public void mount(Api api) {
    api.get("/v1/node", _ -> Reply.json(200, node.status()));
    api.post("/v1/node/drain", this::drain);
    api.get("/v1/nodes", _ -> Reply.json(200, new Nodes(node.nodes())));
  }

  /// Answered at once: the drain goes on by itself, and `GET /v1/node` tells how far it is.
  private Reply drain(Call call) {
    return Reply.json(202, node.drain());
  }
}
