package io.terrarium.contracts.golden;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.FlowHeaders;
import io.terrarium.contracts.job.Job;
import io.terrarium.contracts.job.JobCodec;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.json.RequiredFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How payloads of one kind are written by who sends them, and read by who gets them.
public interface Wire<T> {
  byte[] write(T payload) throws IOException;

  T read(byte[] json) throws IOException;

  /// Bodies of HTTP between services, and of most messages.
  record Body<T>(Class<T> type) implements Wire<T> {
    @Override
    public byte[] write(T payload) throws IOException {
      return Json.SNAKE.writeValueAsBytes(payload);
    }

    @Override
    public T read(byte[] json) throws IOException {
      JsonNode tree = Json.SNAKE.readTree(json);
      T payload = Json.SNAKE.treeToValue(tree, type);
      List<String> missing = RequiredFields.missing(tree, payload);
      if (!missing.isEmpty()) {
        throw new IOException("the body lacks " + missing);
      }
      return payload;
    }
  }

  /// Results of builds: the kind stands beside the record's own fields.
  record Event() implements Wire<BuildEvent> {
    @Override
    public byte[] write(BuildEvent payload) throws IOException {
      return Json.SNAKE.writerFor(BuildEvent.class).writeValueAsBytes(payload);
    }

    @Override
    public BuildEvent read(byte[] json) throws IOException {
      return new Body<>(BuildEvent.class).read(json);
    }
  }

  /// Jobs, as far as Sidekiq's envelope is ours.
  record SidekiqJob() implements Wire<Job> {
    @Override
    public byte[] write(Job payload) throws IOException {
      ObjectNode envelope = Json.SNAKE.createObjectNode();
      envelope.put("class", JobCodec.className(payload));
      envelope.put("queue", JobCodec.queue(payload).wire());
      envelope.putArray("args").add(JobCodec.argument(payload));
      return Json.SNAKE.writeValueAsBytes(envelope);
    }

    @Override
    public Job read(byte[] json) throws IOException {
      JsonNode envelope = Json.SNAKE.readTree(json);
      return JobCodec.read(envelope.path("class").asText(), envelope.path("args").path(0));
    }
  }

  /// Claims within a signed path.
  record SignedPath() implements Wire<ObjectClaims> {
    private static final Mac MAC = Mac.sha256(new Secret("the key of these tests"));
    private static final SignedPaths PATHS = new SignedPaths(List.of(MAC));

    @Override
    public byte[] write(ObjectClaims payload) {
      String token = PATHS.sign(payload).substring(SignedPaths.PREFIX.length());
      return Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.')));
    }

    @Override
    public ObjectClaims read(byte[] json) {
      Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
      String claims = base64.encodeToString(json);
      return PATHS.read(claims + "." + base64.encodeToString(MAC.sign(claims))).orElseThrow();
    }
  }

  /// The headers that a call or message carries, as an object.
  record Headers() implements Wire<Flow> {
    @Override
    public byte[] write(Flow payload) throws IOException {
      return Json.SNAKE.writeValueAsBytes(payload.headers());
    }

    @Override
    public Flow read(byte[] json) throws IOException {
      Map<String, String> headers =
          Json.SNAKE.readValue(
              new String(json, StandardCharsets.UTF_8),
              new TypeReference<Map<String, String>>() {});
      Instant received = Instant.parse(headers.get(FlowHeaders.SENT_AT)).plusMillis(1);
      return Flow.of(name -> Optional.ofNullable(headers.get(name)), received);
    }
  }
}
