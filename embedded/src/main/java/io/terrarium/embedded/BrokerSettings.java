package io.terrarium.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.terrarium.kernel.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the broker reads when it starts, as the JSON that it wants.
final class BrokerSettings {
  static final String VIRTUAL_HOST = "default";

  // The broker's own defaults are for a server of many cores: 64 threads and buffers of 256 KB.
  private static final Map<String, String> SMALL =
      Map.of(
          "qpid.broker.networkBufferSize", "65536",
          "broker.directByteBufferPoolSize", "64",
          "broker.housekeepingThreadCount", "1",
          "qpid.port.amqp.threadPool.size", "2",
          "qpid.port.amqp.threadPool.numberOfSelectors", "1",
          "virtualhost.connectionThreadPool.size", "8",
          "virtualhost.connectionThreadPool.numberOfSelectors", "1",
          "virtualhost.housekeepingThreadCount", "1",
          // An argument that only RabbitMQ understands is refused here, not silently dropped.
          "queue.behaviourOnUnknownDeclareArgument", "FAIL");

  private BrokerSettings() {}

  static String json(int port, String username, Secret password, Path store) {
    Map<String, Object> settings =
        Map.of(
            "name",
            "terrarium",
            "modelVersion",
            "9.1",
            "context",
            SMALL,
            "authenticationproviders",
            List.of(users(username, password)),
            "ports",
            List.of(port(port)),
            "virtualhostnodes",
            List.of(virtualHostNode(store)));
    try {
      return JsonMapper.builder().build().writeValueAsString(settings);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of strings is always JSON", e);
    }
  }

  private static Map<String, Object> users(String username, Secret password) {
    return Map.of(
        "name",
        "users",
        "type",
        "Plain",
        // Plain passwords are refused without TLS otherwise; the port is loopback only.
        "secureOnlyMechanisms",
        List.of(),
        "users",
        List.of(Map.of("name", username, "type", "managed", "password", password.value())));
  }

  private static Map<String, Object> port(int port) {
    return Map.of(
        "name",
        "amqp",
        "type",
        "AMQP",
        "port",
        port,
        "bindingAddress",
        Loopback.HOST,
        "authenticationProvider",
        "users",
        "protocols",
        List.of("AMQP_0_9_1"),
        "virtualhostaliases",
        List.of(
            Map.of("name", "nameAlias", "type", "nameAlias"),
            Map.of("name", "defaultAlias", "type", "defaultAlias")));
  }

  private static Map<String, Object> virtualHostNode(Path store) {
    return Map.of(
        "name", VIRTUAL_HOST,
        "type", "BDB",
        "storePath", store.toString(),
        "defaultVirtualHostNode", "true",
        "virtualHostInitialConfiguration", "{\"type\":\"ProvidedStore\"}");
  }
}
