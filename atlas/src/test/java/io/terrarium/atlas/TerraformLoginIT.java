package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.route.Routes;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedRouter;
import io.terrarium.embedded.LocalCertificates;
import io.terrarium.embedded.RouterConfig;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.OnThePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real `terraform login`, over TLS and by discovery, with a person at a browser.
class TerraformLoginIT {
  private static final Pattern ADDRESS = Pattern.compile("https://\\S+/oauth/authorization\\?\\S+");

  @TempDir private Path home;

  @Test
  void gets_a_token_once_its_person_agrees() throws Exception {
    try (AtlasFixture atlas = AtlasFixture.start();
        DataDirectory data = DataDirectory.open(home.resolve("data"))) {
      LocalCertificates certificates = LocalCertificates.ensure(data, List.of(), Clock.systemUTC());
      try (EmbeddedRouter router =
          EmbeddedRouter.start(
              atlas.platform().vertx(),
              new RouterConfig(0, 0, 0, certificates.server(), certificates.serverKey()),
              Map.of(Routes.ATLAS, atlas.base()),
              Clock.systemUTC())) {
        String host = "127.0.0.1:" + router.httpsPort();

        String said = logIn(atlas, host, certificates);

        assertThat(said).contains("Success!");
        assertThat(
                atlas.as(kept(host)).get("/api/v2/account/details").attribute("username").asText())
            .isEqualTo("admin");
      }
    }
  }

  /// All that terraform has said.
  private String logIn(AtlasFixture atlas, String host, LocalCertificates certificates)
      throws IOException, InterruptedException {
    Path output = home.resolve("output.log");
    Process terraform = started(host, certificates.bundle(), output);
    try {
      terraform.getOutputStream().write("yes\n".getBytes(StandardCharsets.UTF_8));
      terraform.getOutputStream().flush();
      Eventually.until(() -> read(output), () -> ADDRESS.matcher(read(output)).find());
      agree(atlas, host, read(output));
      assertThat(terraform.waitFor()).as(read(output)).isZero();
      return read(output);
    } finally {
      terraform.destroyForcibly();
    }
  }

  /// Without a browser on its path it says which page to open.
  private Process started(String host, Path authorities, Path output) throws IOException {
    Files.createDirectories(home.resolve(".terraform.d"));
    ProcessBuilder builder =
        new ProcessBuilder(OnThePath.find("terraform").toString(), "login", host)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
    builder.environment().put("PATH", home.toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("SSL_CERT_FILE", authorities.toString());
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    builder.environment().put("TF_CLI_ARGS", "-no-color");
    return builder.start();
  }

  private static void agree(AtlasFixture atlas, String host, String output)
      throws IOException, InterruptedException {
    Matcher found = ADDRESS.matcher(output);
    assertThat(found.find()).isTrue();
    try (Browser browser = new Browser(atlas.base());
        HttpClient http = HttpClient.newHttpClient()) {
      browser.submit("/session", Map.of("login", "admin", "password", "correct horse"));
      String page = browser.open(found.group().substring(("https://" + host).length())).text();
      Answer agreed = browser.submit("/oauth/authorization", hidden(page));
      // Terraform listens at the one loopback address; a name may mean the other.
      String back = agreed.header("Location").orElseThrow().replace("//localhost:", "//127.0.0.1:");
      http.send(
          HttpRequest.newBuilder(URI.create(back)).build(), HttpResponse.BodyHandlers.discarding());
    }
  }

  /// The fields that a browser sends of the form, but the token, which [Browser] has.
  private static Map<String, String> hidden(String page) {
    Map<String, String> fields = new HashMap<>();
    Matcher inputs =
        Pattern.compile("<input type=\"hidden\" name=\"([a-z_]+)\" value=\"([^\"]*)\">")
            .matcher(page.substring(page.indexOf("action=\"/oauth/authorization\"")));
    while (inputs.find()) {
      fields.put(inputs.group(1), inputs.group(2));
    }
    return fields;
  }

  private String kept(String host) throws IOException {
    Path credentials = home.resolve(".terraform.d/credentials.tfrc.json");
    return Json.SNAKE
        .readTree(credentials.toFile())
        .path("credentials")
        .path(host)
        .path("token")
        .asText();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
