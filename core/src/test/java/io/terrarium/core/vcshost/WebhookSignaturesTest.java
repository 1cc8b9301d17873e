package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// With the examples of GitHub's and Bitbucket's documentation.
class WebhookSignaturesTest {
  private static final Secret SECRET = new Secret("It's a Secret to Everybody");
  private static final String HELLO_COMMA_WORLD =
      "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  private static final String HELLO_WORLD =
      "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";

  private static WebhookRequest request(String header, String value, String body) {
    return new WebhookRequest(Map.of(header, value), body.getBytes(StandardCharsets.UTF_8));
  }

  @Nested
  class A_webhook {
    @ParameterizedTest
    @CsvSource({
      "GITHUB, x-hub-signature-256, sha256=" + HELLO_COMMA_WORLD,
      "GITHUB_ENTERPRISE, X-Hub-Signature-256, sha256=" + HELLO_COMMA_WORLD,
      "GITEA, X-Gitea-Signature, " + HELLO_COMMA_WORLD,
      "GITEA, X-Forgejo-Signature, " + HELLO_COMMA_WORLD,
      "GIT, X-Hub-Signature-256, sha256=" + HELLO_COMMA_WORLD,
      "GITLAB_HOSTED, X-Gitlab-Token, It's a Secret to Everybody",
      "GITLAB_COMMUNITY_EDITION, x-gitlab-token, It's a Secret to Everybody",
      "GITLAB_ENTERPRISE_EDITION, X-Gitlab-Token, It's a Secret to Everybody",
    })
    void that_is_signed_as_documented_is_taken(
        ServiceProvider provider, String header, String value) {
      boolean isTaken = provider.host().verifies(request(header, value, "Hello, World!"), SECRET);

      assertThat(isTaken).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
        value = ServiceProvider.class,
        names = {"BITBUCKET_HOSTED", "BITBUCKET_SERVER", "BITBUCKET_DATA_CENTER"})
    void of_bitbucket_that_is_signed_as_documented_is_taken(ServiceProvider provider) {
      WebhookRequest signed = request("X-Hub-Signature", "sha256=" + HELLO_WORLD, "Hello World!");

      assertThat(provider.host().verifies(signed, SECRET)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      // The right one, for another body.
      "GITHUB, X-Hub-Signature-256, sha256=" + HELLO_WORLD,
      // Not said how.
      "GITHUB, X-Hub-Signature-256, " + HELLO_COMMA_WORLD,
      "GITHUB, X-Hub-Signature-256, sha256=",
      "GITHUB, X-Hub-Signature-256, sha256=no-hex",
      "GITHUB, X-Hub-Signature-256, sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59",
      // In another host's header.
      "GITHUB, X-Hub-Signature, sha256=" + HELLO_COMMA_WORLD,
      "GITHUB, X-Gitlab-Token, It's a Secret to Everybody",
      "GITLAB_HOSTED, X-Gitlab-Token, It's a secret to everybody",
      "GITLAB_HOSTED, X-Gitlab-Token, It's a Secret to Everybody!",
      "GITLAB_HOSTED, X-Hub-Signature-256, sha256=" + HELLO_COMMA_WORLD,
      "BITBUCKET_HOSTED, X-Hub-Signature, sha256=" + HELLO_WORLD,
      "BITBUCKET_SERVER, X-Hub-Signature, " + HELLO_COMMA_WORLD,
      "GITEA, X-Gitea-Signature, " + HELLO_WORLD,
      "GITEA, X-Forgejo-Signature, sha256=" + HELLO_COMMA_WORLD,
      "GIT, X-Hub-Signature-256, sha256=" + HELLO_WORLD,
    })
    void with_another_proof_is_not(ServiceProvider provider, String header, String value) {
      boolean isTaken = provider.host().verifies(request(header, value, "Hello, World!"), SECRET);

      assertThat(isTaken).isFalse();
    }

    @ParameterizedTest
    @EnumSource(ServiceProvider.class)
    void without_a_proof_is_not(ServiceProvider provider) {
      assertThat(provider.host().verifies(request("X-Other", "", "Hello, World!"), SECRET))
          .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
      "GITHUB, X-Hub-Signature-256, "
          + "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad",
      "GITLAB_HOSTED, X-Gitlab-Token, ''",
    })
    void for_which_no_secret_was_settled_is_not(
        ServiceProvider provider, String header, String value) {
      assertThat(provider.host().verifies(request(header, value, ""), new Secret(""))).isFalse();
    }
  }

  @Nested
  class The_headers_that_are_enough {
    @ParameterizedTest
    @CsvSource({
      "GITHUB, X-GitHub-Event",
      "GITLAB_HOSTED, X-Gitlab-Event",
      "BITBUCKET_HOSTED, X-Event-Key",
      "BITBUCKET_SERVER, X-Event-Key",
      "GITEA, X-Gitea-Event",
      "GITEA, X-Forgejo-Event",
    })
    void say_what_kind_of_event_it_is(ServiceProvider provider, String header) {
      assertThat(WebhookRequest.HEADERS).contains(header);
      assertThat(provider.host().read(request(header, "star", "{}")))
          .containsExactly(new VcsEvent.Ignored("star"));
    }
  }

  @Nested
  class A_delivery {
    @ParameterizedTest
    @CsvSource({
      "GITHUB, X-GitHub-Delivery",
      "GITLAB_HOSTED, Idempotency-Key",
      "BITBUCKET_HOSTED, X-Request-UUID",
      "BITBUCKET_SERVER, X-Request-Id",
      "GITEA, X-Gitea-Delivery",
      "GITEA, X-Forgejo-Delivery",
    })
    void is_told_by_the_number_that_the_host_gives_it(ServiceProvider provider, String header) {
      String id = "72d3162e-cc78-11e3-81ab-4c9367dc0958";

      assertThat(WebhookRequest.HEADERS).contains(header);
      assertThat(provider.host().delivery(request(header, id, "{}"))).isEqualTo(id);
    }

    @ParameterizedTest
    @EnumSource(ServiceProvider.class)
    void without_a_number_is_told_by_its_body(ServiceProvider provider) {
      VcsHost host = provider.host();

      String delivery = host.delivery(request("X-Other", "1", "{\"a\":1}"));

      assertThat(delivery)
          .isEqualTo(host.delivery(request("X-Other", "2", "{\"a\":1}")))
          .isNotEqualTo(host.delivery(request("X-Other", "1", "{\"a\":2}")))
          .hasSize(64);
    }

    @Test
    void of_a_plain_git_server_never_trusts_a_header() {
      VcsHost host = ServiceProvider.GIT.host();

      assertThat(host.delivery(request("X-GitHub-Delivery", "1", "{}"))).hasSize(64);
    }
  }
}
