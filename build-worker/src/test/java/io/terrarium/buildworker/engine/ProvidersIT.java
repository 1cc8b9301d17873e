package io.terrarium.buildworker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Where builds have providers from. The one here says where it lay and ends, whereupon terraform
/// tells what it heard.
class ProvidersIT extends EngineTrial {
  private static final String MAIN =
      """
      terraform {
        required_providers {
          fake = { source = "providers.test/acme/fake" }
        }
      }
      """;

  @BeforeEach
  void upload() {
    upload(MAIN);
  }

  private static Path provider(Path root, String words) throws IOException {
    Path place =
        Files.createDirectories(root.resolve("providers.test/acme/fake/1.0.0/" + platform()));
    Path file = place.resolve("terraform-provider-fake_v1.0.0");
    Files.writeString(file, "#!/bin/sh\necho \"" + words + "\"\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return place;
  }

  @Nested
  class A_provider_of_the_mirror {
    @Test
    void is_installed_without_a_network() throws IOException {
      provider(directory.resolve("mirror"), "this is the mirror's");
      engine = engine(terraform(), Optional.empty(), Optional.of(directory.resolve("mirror")));

      run(ABuild.plan());

      assertThat(mesh.log())
          .contains("this is the mirror's")
          .doesNotContain("failed running terraform init");
    }

    @Test
    void is_put_into_the_cache() throws IOException {
      Path held = provider(directory.resolve("mirror"), "this is the mirror's");
      Path cache = directory.resolve("cache");
      engine = engine(terraform(), Optional.of(cache), Optional.of(directory.resolve("mirror")));

      run(ABuild.plan());

      assertThat(cache.resolve(directory.resolve("mirror").relativize(held)))
          .isDirectoryContaining("glob:**/terraform-provider-fake_v1.0.0");
    }
  }

  @Nested
  class A_provider_of_the_cache {
    @Test
    void is_taken_before_the_mirror_s() throws IOException {
      provider(directory.resolve("mirror"), "this is the mirror's");
      provider(directory.resolve("cache"), "this is the cache's");
      engine =
          engine(
              terraform(),
              Optional.of(directory.resolve("cache")),
              Optional.of(directory.resolve("mirror")));

      run(ABuild.plan());

      assertThat(mesh.log()).contains("this is the cache's").doesNotContain("this is the mirror's");
    }
  }

  @Nested
  class A_provider_that_the_mirror_lacks {
    @Test
    void is_asked_of_its_own_registry() throws IOException {
      provider(directory.resolve("mirror"), "this is the mirror's");
      engine = engine(terraform(), Optional.empty(), Optional.of(directory.resolve("mirror")));
      mesh.put(
          "slug", ABuild.slug(Map.of("main.tf", MAIN.replace("providers.test", "127.0.0.1:1"))));

      run(ABuild.plan());

      assertThat(mesh.log())
          .contains("could not connect to 127.0.0.1:1")
          .contains("failed running terraform init");
    }
  }
}
