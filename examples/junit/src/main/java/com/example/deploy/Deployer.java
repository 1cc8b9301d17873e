package com.example.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Takes configurations live through Terraform Enterprise, unless a plan destroys too much. */
public final class Deployer {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final List<String> PLANNED =
      List.of("planned", "planned_and_finished", "errored", "canceled");
  private static final List<String> APPLIED = List.of("applied", "errored", "canceled");

  private final EnterpriseClient client;
  private final int destructionsMax;
  private final Duration patience;

  /** How a deployment ended. */
  public enum Outcome {
    APPLIED,
    UNCHANGED,
    /** The plan destroys too much, and was discarded. */
    REFUSED,
    /** The plan took too long, and was canceled. */
    TOO_SLOW,
    FAILED
  }

  public Deployer(EnterpriseClient client, int destructionsMax, Duration patience) {
    this.client = client;
    this.destructionsMax = destructionsMax;
    this.patience = patience;
  }

  /** Deploys a packed configuration (tar.gz) in a workspace. */
  public Outcome deploy(String workspaceId, byte[] configuration) throws InterruptedException {
    String version = upload(workspaceId, configuration);
    String run = "/runs/" + client.create("/runs", run(workspaceId, version)).path("id").asText();
    String status = awaitAny(run, PLANNED, patience);
    if (status.equals("planned_and_finished")) {
      return Outcome.UNCHANGED;
    }
    if (!PLANNED.contains(status)) {
      client.act(run + "/actions/cancel");
      return Outcome.TOO_SLOW;
    }
    if (!status.equals("planned")) {
      return Outcome.FAILED;
    }
    JsonNode plan = client.get(run + "/plan").path("attributes");
    if (plan.path("resource-destructions").asInt() > destructionsMax) {
      client.act(run + "/actions/discard");
      return Outcome.REFUSED;
    }
    client.act(run + "/actions/apply");
    return awaitAny(run, APPLIED, patience).equals("applied") ? Outcome.APPLIED : Outcome.FAILED;
  }

  private String upload(String workspaceId, byte[] configuration) throws InterruptedException {
    JsonNode version =
        client.create(
            "/workspaces/" + workspaceId + "/configuration-versions",
            "{\"data\":{\"type\":\"configuration-versions\","
                + "\"attributes\":{\"auto-queue-runs\":false}}}");
    client.upload(version.path("attributes").path("upload-url").asText(), configuration);
    String id = version.path("id").asText();
    awaitAny("/configuration-versions/" + id, List.of("uploaded"), patience);
    return id;
  }

  private static String run(String workspaceId, String version) {
    return """
        {"data":{"type":"runs","attributes":{"message":"Deployed"},"relationships":{
          "workspace":{"data":{"type":"workspaces","id":"%s"}},
          "configuration-version":{"data":{"type":"configuration-versions","id":"%s"}}}}}
        """
        .formatted(workspaceId, version);
  }

  /** The status when it is one of these, or when the time is over. */
  private String awaitAny(String path, List<String> wanted, Duration longest)
      throws InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      String status = client.get(path).path("attributes").path("status").asText();
      if (wanted.contains(status) || System.nanoTime() - begin > longest.toNanos()) {
        return status;
      }
      Thread.sleep(LOOK.toMillis());
    }
  }
}
