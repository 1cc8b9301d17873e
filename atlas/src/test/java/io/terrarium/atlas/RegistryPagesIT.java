package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Modules and providers of a private registry in the browser. The test speaks for the registry.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistryPagesIT {
  private static final String MODULES = "/app/acme/registry/private/modules";
  private static final String PROVIDERS = "/app/acme/registry/private/providers";
  private static final String ROOT =
      """
      {"path":"","readme":"# Net\\n\\n<script>alert(1)</script>\\n\\n[a](javascript:alert(1))",
       "required_version":">= 1.5",
       "inputs":[{"name":"cidr","type":"string","description":"The <b>range</b>.",
                  "default":null,"required":true,"sensitive":false},
                 {"name":"names","type":"list(string)","description":null,
                  "default":"[\\"a\\"]","required":false,"sensitive":true}],
       "outputs":[{"name":"vpc_id","description":"Its id.","sensitive":false}],
       "resources":[{"mode":"managed","type":"aws_vpc","name":"this"},
                    {"mode":"data","type":"aws_region","name":"here"}],
       "provider_dependencies":[{"name":"aws","source":"hashicorp/aws","version":"~> 5.0"}],
       "module_calls":[{"name":"label","source":"acme/label/null","version":"0.25.0"}]}\
      """;
  private static final String SUBMODULES =
      """
      [{"path":"modules/subnet","readme":"Of a **subnet**","required_version":null,
        "inputs":[],"outputs":[],"resources":[],"provider_dependencies":[],"module_calls":[]}]\
      """;

  @AutoClose private final RegistrySpeaker registry = new RegistrySpeaker();
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startBeside(registry.url());
  private final Tenants server = new Tenants(atlas);
  private final ModulePublishing modules = new ModulePublishing(atlas, server);
  private final Publishing publishing = new Publishing(server);
  @AutoClose private final Browser alice = Browser.signedIn(atlas, "alice");
  @AutoClose private final Browser bob = Browser.signedIn(atlas, "bob");
  @AutoClose private final Browser member = member();

  /// Who belongs to a team of acme, and may change nothing in the registry.
  private Browser member() {
    server.person("mia");
    server.join("mia", server.team("readers", ""));
    return Browser.signedIn(atlas, "mia");
  }

  private static String page(String module) {
    return "/app/acme/registry/modules/private/acme/" + module + "/aws";
  }

  private Answer served(String module, String version) {
    Answer made = modules.uploaded(module, version);
    registry.put(made, ROOT, SUBMODULES);
    modules.extracted(made, "ok", "null");
    return made;
  }

  private static String location(Answer answer) {
    return answer.header("Location").orElse("");
  }

  @Nested
  class The_list_of_modules {
    @Test
    void is_searched_and_tells_the_latest_version() {
      modules.create("listed");
      served("listed", "1.9.0");
      served("listed", "1.10.0");
      served("listed", "2.0.0-rc1");

      String all = alice.open(MODULES + "?search=list&provider=aws").text();
      String none = alice.open(MODULES + "?search=%22%3E%3Cb%3E").text();

      assertThat(all).contains(page("listed"), "<td>1.10.0</td>", "Ready", "Publish a module");
      assertThat(none).contains("No module is like that.").doesNotContain("\"><b>");
    }

    @Test
    void offers_nothing_to_who_may_only_read() {
      modules.create("readable");

      Answer page = member.open(MODULES);

      assertThat(page.text()).contains("readable").doesNotContain("Publish", "version-control");
      assertThat(bob.open(MODULES).status()).isEqualTo(404);
      assertThat(bob.open("/app/beta/registry/private/modules").text())
          .contains("No module yet", "Publish a module");
    }
  }

  @Nested
  class A_module {
    @Test
    void is_described_by_what_the_registry_has_read() {
      modules.create("described");
      served("described", "1.0.0");

      String page = member.open(page("described")).text();

      assertThat(page)
          .contains("source  = \"127.0.0.1:8443/acme/described/aws\"")
          .contains("# Give it the required inputs: cidr")
          .contains("<h3>Net</h3>", "&lt;script&gt;alert(1)&lt;/script&gt;")
          .contains("The &lt;b&gt;range&lt;/b&gt;.", "list(string)", "Sensitive", "Required")
          .contains("vpc_id", "aws_vpc.this", "Data source", "hashicorp/aws", "acme/label/null")
          .contains("&gt;= 1.5")
          .doesNotContain("javascript:alert", "<script>alert", "<b>range", "Delete");
    }

    @Test
    void has_submodules_of_which_each_is_shown() {
      modules.create("parted");
      served("parted", "1.0.0");

      String submodule = alice.open(page("parted") + "/1.0.0?submodule=modules%2Fsubnet").text();

      assertThat(submodule).contains("acme/parted/aws//modules/subnet", "<strong>subnet</strong>");
      assertThat(alice.open(page("parted") + "/1.0.0?submodule=modules%2Fnone").status())
          .isEqualTo(404);
    }

    @Test
    void shows_all_its_versions_and_what_is_wrong_with_them() {
      modules.create("versioned");
      served("versioned", "1.0.0");
      modules.extracted(
          modules.uploaded("versioned", "1.1.0"), "failed", "\"main.tf:3: <unclosed>\"");

      String latest = alice.open(page("versioned")).text();
      String broken = alice.open(page("versioned") + "/1.1.0").text();

      assertThat(latest).contains("versioned/aws/1.1.0", "Could not be read", "Available");
      assertThat(latest).contains("version = \"1.0.0\"", "main.tf:3: &lt;unclosed&gt;");
      assertThat(broken).contains("Could not be read", "main.tf:3: &lt;unclosed&gt;");
      assertThat(alice.open(page("versioned") + "/9.9.9").status()).isEqualTo(404);
    }

    @Test
    void without_a_version_says_what_to_do() {
      modules.create("empty");

      assertThat(alice.open(page("empty")).text())
          .contains("No version yet", "uploaded by the API");
      assertThat(alice.open(page("none")).status()).isEqualTo(404);
      assertThat(alice.open("/app/acme/registry/modules/private/beta/empty/aws").status())
          .isEqualTo(404);
      assertThat(bob.open(page("empty")).status()).isEqualTo(404);
    }

    @Test
    void is_shown_as_far_as_it_is_known_while_the_registry_is_away() {
      modules.create("far");
      served("far", "1.0.0");

      registry.setUp(false);
      Answer page = alice.open(page("far"));
      registry.setUp(true);

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text()).contains("The registry does not answer now", "Available");
    }

    @Test
    void goes_version_by_version_and_as_a_whole() {
      modules.create("leaving");
      served("leaving", "1.0.0");
      served("leaving", "1.1.0");
      served("leaving", "1.2.0");

      Answer hidden = member.submit(page("leaving") + "/1.0.0/delete", Map.of());
      Answer first = alice.submit(page("leaving") + "/1.0.0/delete", Map.of());
      Answer missing = alice.submit(page("leaving") + "/1.0.0/delete", Map.of());
      String left = alice.open(page("leaving")).text();
      Answer whole = alice.submit(page("leaving") + "/delete", Map.of());

      assertThat(hidden.status()).isEqualTo(404);
      assertThat(location(first)).isEqualTo(page("leaving"));
      assertThat(missing.status()).isEqualTo(404);
      assertThat(left).contains("1.1.0", "Delete 1.2.0 for good").doesNotContain("1.0.0/delete");
      assertThat(location(whole)).isEqualTo(MODULES);
      assertThat(alice.open(page("leaving")).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_provider {
    private static final String ONE = "/app/acme/registry/providers/private/acme/";

    @Test
    void is_made_and_refused_with_what_is_wrong_with_its_name() {
      String empty = bob.open("/app/beta/registry/private/providers").text();
      Answer made = alice.submit("/app/acme/registry/providers/new", Map.of("name", "made"));
      Answer again = alice.submit("/app/acme/registry/providers/new", Map.of("name", "made"));

      assertThat(empty).contains("No provider yet");
      assertThat(location(made)).isEqualTo(ONE + "made");
      assertThat(alice.open(ONE + "made").text()).contains("No version yet");
      assertThat(again.status()).isEqualTo(422);
      assertThat(again.text()).contains("Name has already been taken", "value=\"made\"");
      assertThat(member.open("/app/acme/registry/providers/new").status()).isEqualTo(404);
    }

    @Test
    void shows_its_versions_and_their_platforms() {
      publishing.key();
      publishing.provider("pets");
      publishing.version("pets", "1.0.0");
      publishing.version("pets", "1.2.0");
      publishing.platform("pets", "1.2.0", "linux", "zip");

      String list = member.open(PROVIDERS + "?search=pet").text();
      String page = member.open(ONE + "pets").text();

      assertThat(list).contains(ONE + "pets", "<td>1.2.0</td>").doesNotContain("New provider");
      assertThat(page)
          .contains("127.0.0.1:8443/acme/pets", "1.0.0", "Incomplete", Publishing.KEY_ID)
          .contains("linux", "amd64", "p_linux.zip", "Not uploaded yet")
          .doesNotContain("Delete");
      assertThat(alice.open(ONE + "pets/1.0.0").text()).contains("None yet. Terraform finds");
      assertThat(alice.open(ONE + "pets/3.0.0").status()).isEqualTo(404);
      assertThat(alice.open(PROVIDERS + "?search=none").text()).contains("No provider is like");
    }

    @Test
    void goes_platform_by_platform_version_by_version_and_as_a_whole() {
      publishing.key();
      publishing.provider("leaver");
      publishing.version("leaver", "1.0.0");
      publishing.platform("leaver", "1.0.0", "linux", "zip");
      String platform = ONE + "leaver/1.0.0/platforms/linux/amd64/delete";

      Answer hidden = member.submit(platform, Map.of());
      Answer gone = alice.submit(platform, Map.of());
      Answer version = alice.submit(ONE + "leaver/1.0.0/delete", Map.of());
      Answer whole = alice.submit(ONE + "leaver/delete", Map.of());

      assertThat(hidden.status()).isEqualTo(404);
      assertThat(location(gone)).isEqualTo(ONE + "leaver/1.0.0");
      assertThat(location(version)).isEqualTo(ONE + "leaver");
      assertThat(location(whole)).isEqualTo(PROVIDERS);
      assertThat(alice.open(ONE + "leaver").status()).isEqualTo(404);
    }
  }
}
