package io.terrarium.stateparser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.ListenFault;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real module, and a small server that stands for archivist and for atlas.
class StateParserIT {
  private static final long LONGEST_SECONDS = 60;
  private static final Secret INTERNAL = new Secret("internal token");
  private static final int BIG_INSTANCES = 15_000;
  private static final String GOOD =
      """
      {"version": 4, "terraform_version": "1.11.4", "serial": 7, "lineage": "abc",
       "outputs": {"secret": {"value": {"a": 1}, "type": ["object", {"a": "number"}],
                              "sensitive": true}},
       "resources": [
         {"mode": "managed", "type": "terraform_data", "name": "a",
          "provider": "provider[\\"terraform.io/builtin/terraform\\"]",
          "instances": [{"index_key": 0}, {"index_key": 1}]}]}
      """;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final LinkedBlockingQueue<JsonNode> HOPS = new LinkedBlockingQueue<>();

  @TempDir private static Path directory;
  private static Platform platform;
  private static HttpService archivist;
  private static Service parser;

  @BeforeAll
  static void start() {
    platform = Platform.start();
    archivist =
        HttpService.start(
            platform.vertx(),
            "archivist of the test",
            HttpAddress.loopback(0),
            api -> {
              api.get("/state/:name", StateParserIT::state);
              api.post(
                  InternalApi.HOPS,
                  call -> {
                    call.tree().orElseThrow().forEach(HOPS::add);
                    return Reply.noContent();
                  });
            });
    parser = StateParser.start(config(0), platform);
  }

  @AfterAll
  static void stop() {
    parser.close();
    archivist.close();
    HTTP.close();
    platform.close();
  }

  private static StateParserConfig config(int port) {
    return new StateParserConfig(HttpAddress.loopback(port), archivistUri(), INTERNAL);
  }

  private static URI archivistUri() {
    return URI.create("http://127.0.0.1:" + archivist.port());
  }

  private static Reply state(Call call) {
    return switch (call.path("name")) {
      case "good" -> Reply.text(200, GOOD);
      case "old" -> Reply.text(200, "{\"version\": 3, \"modules\": []}");
      case "truncated" -> Reply.text(200, GOOD.substring(0, GOOD.length() / 2));
      case "cut" -> Reply.stream(200, "application/json", cutStream(), -1);
      case "broken" -> Reply.text(500, "the secret of archivist");
      case "big" ->
          Reply.stream(
              200, "application/json", new BigState(BIG_INSTANCES), BigState.length(BIG_INSTANCES));
      default -> Reply.of(404);
    };
  }

  /// The beginning of a state; then the store fails, and the server cuts the connection.
  private static InputStream cutStream() {
    InputStream failing =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the store is away");
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            return read();
          }
        };
    byte[] beginning = (GOOD.substring(0, 300) + " ".repeat(100_000)).getBytes(UTF_8);
    return new SequenceInputStream(new ByteArrayInputStream(beginning), failing);
  }

  private static HttpResponse<String> post(int port, String token, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + InternalApi.PARSE))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("x-terrarium-flow", "run-1")
            .timeout(Duration.ofSeconds(LONGEST_SECONDS))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String request(String state) {
    return "{\"v\":1,\"flow\":\"run-1\",\"state_path\":\"/state/" + state + "\"}";
  }

  private static HttpResponse<String> parse(String state) throws Exception {
    return post(parser.port(), INTERNAL.value(), request(state));
  }

  private static String detail(HttpResponse<String> answer) throws Exception {
    return Json.KEBAB.readTree(answer.body()).path("errors").path(0).path("detail").asText();
  }

  @Nested
  class A_state {
    @Test
    void is_answered_with_what_stands_in_it() throws Exception {
      HttpResponse<String> answer = parse("good");

      JsonNode parsed = Json.SNAKE.readTree(answer.body());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(parsed.path("state_format").asInt()).isEqualTo(4);
      assertThat(parsed.path("serial").asLong()).isEqualTo(7);
      assertThat(parsed.path("resource_count").asInt()).isEqualTo(2);
      JsonNode resource = parsed.path("resources").path(0);
      assertThat(resource.path("instances").findValuesAsText("index")).containsExactly("0", "1");
      assertThat(((ObjectNode) resource).without("instances").toString())
          .isEqualTo(
              """
              {"mode":"managed","type":"terraform_data","name":"a","module":"root",\
              "provider":"terraform.io/builtin/terraform","count":2}\
              """);
      assertThat(parsed.path("outputs").path(0).toString())
          .isEqualTo(
              """
              {"name":"secret","sensitive":true,"type":"map",\
              "detailed_type":["object",{"a":"number"}],"value":{"a":1}}\
              """);
    }

    @Test
    void is_told_to_atlas_as_a_hop_of_its_flow() throws Exception {
      parse("good");

      JsonNode hop = HOPS.poll(LONGEST_SECONDS, TimeUnit.SECONDS);
      assertThat(hop).isNotNull();
      assertThat(hop.path("flow").asText()).isEqualTo("run-1");
      assertThat(hop.path("to").asText()).isEqualTo("state-parser");
    }

    @Test
    void of_an_unsupported_version_is_refused() throws Exception {
      HttpResponse<String> answer = parse("old");

      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(detail(answer)).contains("format version 3").contains("only version 4");
    }

    @Test
    void that_is_truncated_is_refused() throws Exception {
      HttpResponse<String> answer = parse("truncated");

      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(detail(answer)).isEqualTo("The state breaks off before its end.");
    }

    @Test
    void that_is_not_there_is_not_found() throws Exception {
      HttpResponse<String> answer = parse("nowhere");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(detail(answer)).isEqualTo("The state is not in the store.");
    }

    @Test
    void that_archivist_does_not_give_may_be_asked_for_again() throws Exception {
      HttpResponse<String> answer = parse("broken");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).doesNotContain("the secret of archivist");
    }

    @Test
    void whose_connection_is_cut_may_be_asked_for_again() throws Exception {
      HttpResponse<String> answer = parse("cut");

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(detail(answer)).isEqualTo("The state could not be read to its end.");
    }
  }

  @Nested
  class A_request {
    @Test
    void is_refused_without_the_right_token() throws Exception {
      HttpResponse<String> answer = post(parser.port(), "wrong", request("good"));

      assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void is_told_what_it_lacks() throws Exception {
      HttpResponse<String> answer = post(parser.port(), INTERNAL.value(), "{\"v\":1}");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(detail(answer)).contains("flow, state_path");
    }

    @Test
    void is_refused_when_it_is_no_json() throws Exception {
      HttpResponse<String> answer = post(parser.port(), INTERNAL.value(), "state please");

      assertThat(answer.statusCode()).isEqualTo(400);
    }
  }

  @Nested
  class A_parser {
    @Test
    void that_cannot_listen_says_so() {
      assertThatThrownBy(() -> StateParser.start(config(parser.port()), platform))
          .isInstanceOf(ListenFault.class);
    }

    @Test
    void with_64_megabytes_reads_a_state_of_150() throws Exception {
      try (ServerProcess small =
          ServerProcess.start(
              StateParserProcess.class,
              64,
              directory,
              Map.of(),
              archivistUri().toString(),
              INTERNAL.value())) {
        HttpResponse<String> answer = post(small.port(), INTERNAL.value(), request("big"));

        assertThat(BigState.length(BIG_INSTANCES)).isGreaterThan(150_000_000);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Json.SNAKE.readTree(answer.body()).path("resource_count").asInt())
            .isEqualTo(BIG_INSTANCES + 1);
        assertThat(small.log()).doesNotContain("OutOfMemoryError");
      }
    }
  }
}
