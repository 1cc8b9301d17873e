package io.terrarium.registry.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.contracts.registry.ModuleContent.ProviderDependency;
import io.terrarium.registry.ASlug;
import io.terrarium.registry.hcl.HclFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlugTest {
  private static final SlugLimits SMALL =
      new SlugLimits(4_096, 64 * 1024, 20, 1_000, 600, 10, 15, 100, 1_000, 4);

  private static List<ModuleContent> read(ASlug slug) {
    return read(slug.packed());
  }

  private static List<ModuleContent> read(byte[] slug) {
    return Slug.read(new ByteArrayInputStream(slug), SMALL);
  }

  private static ModuleContent root(String text) {
    return read(new ASlug().file("main.tf", text)).getFirst();
  }

  @Nested
  class The_modules_of_a_slug {
    @Test
    void are_the_root_and_each_directory_of_modules_with_configuration() {
      List<ModuleContent> modules =
          read(
              new ASlug()
                  .file("./main.tf", "")
                  .file("modules/b/x.tf.json", "{}")
                  .file("modules/a/x.tf", "")
                  .file("modules/a/deeper/x.tf", "broken {")
                  .file("modules/readme/README.md", "none")
                  .file("modules/x.tf", "broken {")
                  .file("examples/a/x.tf", "broken {"));

      assertThat(modules)
          .extracting(ModuleContent::path)
          .containsExactly("", "modules/a", "modules/b");
    }

    @Test
    void leave_out_what_terraform_leaves_out_and_what_is_a_link() {
      ModuleContent root =
          read(new ASlug()
                  .file("main.tf", "variable \"a\" {}\n")
                  .file(".hidden.tf", "broken {")
                  .file("main.tf~", "broken {")
                  .file("#main.tf#", "broken {")
                  .file("main.tfvars", "broken {")
                  .link("link.tf", "/etc/passwd"))
              .getFirst();

      assertThat(root.inputs()).extracting(ModuleContent.Input::name).containsExactly("a");
    }

    @Test
    void have_the_readme_that_is_written_as_it_should_be_and_cut_where_it_is_long() {
      ModuleContent root =
          read(new ASlug()
                  .file("readme.md", "other")
                  .file("README.md", "123456789é0")
                  .file("Readme.md", "another")
                  .file("main.tf", ""))
              .getFirst();

      assertThat(root.readme()).isEqualTo("123456789");
    }
  }

  @Nested
  class A_slug {
    @Test
    void with_too_much_configuration_is_refused() {
      assertThatThrownBy(() -> read(new ASlug().file("main.tf", "#".repeat(1_001))))
          .isInstanceOf(SlugFault.class)
          .hasMessage("The files of the configuration have more than 1000 bytes together.");
    }

    @Test
    void with_too_much_configuration_in_one_module_is_refused() {
      assertThatThrownBy(() ->
              read(
                  new ASlug()
                      .file("modules/a/a.tf", "#".repeat(300))
                      .file("modules/a/b.tf", "#".repeat(301))))
          .isInstanceOf(SlugFault.class)
          .hasMessage("The configuration of modules/a has more than 600 bytes.");
    }

    @Test
    void that_swells_is_refused() {
      assertThatThrownBy(
              () -> read(new ASlug().file("main.tf", "").file("big.bin", new byte[1 << 20])))
          .isInstanceOf(SlugFault.class)
          .hasMessage("The archive is too large unpacked: it has more than 65536 bytes.");
    }

    @Test
    void that_is_large_as_it_is_stored_is_refused() {
      byte[] noise = new byte[8_192];
      for (int i = 0, state = 1; i < noise.length; i++, state = state * 1_103_515_245 + 12_345) {
        noise[i] = (byte) (state >> 16);
      }

      assertThatThrownBy(() -> read(new ASlug().file("main.tf", "").file("noise", noise)))
          .isInstanceOf(SlugFault.class)
          .hasMessage("The archive is too large: it has more than 4096 bytes.");
    }

    @Test
    void of_too_many_files_is_refused() {
      ASlug slug = new ASlug();
      for (int i = 0; i < 21; i++) {
        slug.file("file" + i, "");
      }

      assertThatThrownBy(() -> read(slug))
          .hasMessage("The archive has more than 20 files and directories.");
    }

    @Test
    void of_too_many_modules_is_refused() {
      ASlug slug = new ASlug().file("main.tf", "");
      for (int i = 0; i < 4; i++) {
        slug.file("modules/m" + i + "/main.tf", "");
      }

      assertThatThrownBy(() -> read(slug)).hasMessage("The archive has more than 4 modules.");
    }

    @Test
    void that_is_cut_off_is_refused() {
      byte[] slug = new ASlug().file("main.tf", "variable \"a\" {}\n".repeat(20)).packed();

      assertThatThrownBy(() -> read(Arrays.copyOf(slug, slug.length - 20)))
          .isInstanceOf(SlugFault.class)
          .hasMessageStartingWith("The archive is no whole tar archive in gzip: ");
    }

    @Test
    void with_text_that_is_not_utf8_is_refused() {
      assertThatThrownBy(() -> read(new ASlug().file("main.tf", new byte[] {'#', (byte) 0xff})))
          .isInstanceOf(HclFault.class)
          .hasMessage("main.tf: this is no text in UTF-8");
    }

    @Test
    void whose_bytes_do_not_come_says_nothing_of_itself() {
      byte[] slug = new ASlug().file("main.tf", "").packed();
      InputStream broken =
          new InputStream() {
            @Override
            public int read() throws IOException {
              throw new IOException("archivist is away");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
              return read();
            }
          };

      assertThatThrownBy(() ->
              Slug.read(
                  new SequenceInputStream(new ByteArrayInputStream(slug, 0, 20), broken), SMALL))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Nested
  class A_module {
    @Test
    void shows_types_and_defaults_that_are_no_literals_as_they_are_written() {
      ModuleContent.Input input =
          root("variable \"a\" {\n  type    = list( string ) # why\n  default = [60 * 60]\n}\n")
              .inputs()
              .getFirst();

      assertThat(input)
          .isEqualTo(
              new ModuleContent.Input("a", "list( string )", null, "[60 * 60]", false, false));
    }

    @Test
    void needs_the_providers_that_it_names_and_those_that_its_resources_imply() {
      ModuleContent root =
          root(
              """
              terraform {
                required_version = "~> 1.5"
                required_providers {
                  aws  = { source = "hashicorp/aws", version = ">= 5" }
                  mine = {
                    source                = "example.com/acme/mine"
                    configuration_aliases = [mine.a, mine.b]
                  }
                  old = "1.0"
                }
              }
              provider "aws" { version = "< 6" }
              resource "random_id" "a" {}
              resource "mine_thing" "a" { provider = mine.a }
              resource "terraform_data" "a" {}
              data "http" "a" {}
              """);

      assertThat(root.requiredVersion()).isEqualTo("~> 1.5");
      assertThat(root.providerDependencies())
          .containsExactly(
              new ProviderDependency("aws", "hashicorp/aws", ">= 5, < 6"),
              new ProviderDependency("mine", "example.com/acme/mine", null),
              new ProviderDependency("old", null, "1.0"),
              new ProviderDependency("random", null, null),
              new ProviderDependency("http", null, null));
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        value = {
          "variable {} ~ main.tf:2: variable needs 1 label before its brace, and has 0",
          "resource \"a\" {} ~ main.tf:2: resource needs 2 labels before its brace, and has 1",
          "variable \"first\" {} ~ main.tf:2: variable \"first\" is declared twice",
          "provider {} ~ main.tf:2: provider needs 1 label before its brace, and has 0"
        })
    void that_terraform_would_not_take_is_refused(String block, String message) {
      assertThatThrownBy(() -> root("variable \"first\" {}\n" + block + "\n"))
          .isInstanceOf(HclFault.class)
          .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        value = {
          "{ ~ main.tf.json:1: this is no JSON: Unexpected end-of-input: expected close marker for Object",
          "`` ~ main.tf.json:1: the file ends before its JSON does",
          "{} {} ~ main.tf.json:1: something follows the JSON",
          "{\"variable\": 1} ~ main.tf.json:1: an object must stand here, not 1",
        })
    void in_json_that_is_none_is_refused(String text, String message) {
      assertThatThrownBy(() -> read(new ASlug().file("main.tf.json", text)))
          .isInstanceOf(HclFault.class)
          .hasMessage(message);
    }
  }
}
