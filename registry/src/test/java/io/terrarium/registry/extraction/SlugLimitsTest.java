package io.terrarium.registry.extraction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.contracts.registry.ModuleContent;
import io.terrarium.registry.ASlug;
import java.io.ByteArrayInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a slug may hold, lest two of them take all the memory of the worker or of the API.
class SlugLimitsTest {
  private static final SlugLimits SMALL =
      new SlugLimits(4_096, 64 * 1024, 20, 1_000, 600, 10, 15, 15, 300, 4);

  private static List<ModuleContent> read(ASlug slug) {
    return Slug.read(new ByteArrayInputStream(slug.packed()), SMALL);
  }

  @Test
  void readmes_that_are_too_long_together_are_cut() {
    List<ModuleContent> modules =
        read(
            new ASlug()
                .file("main.tf", "")
                .file("README.md", "123456789")
                .file("modules/a/main.tf", "")
                .file("modules/a/README.md", "123456789")
                .file("modules/b/main.tf", "")
                .file("modules/b/README.md", "123456789"));

    assertThat(modules)
        .extracting(ModuleContent::readme)
        .containsExactly("123456789", "123456", "");
  }

  @Test
  void a_name_of_a_megabyte_is_refused() {
    byte[] slug = new ASlug().longName(new byte[1 << 20]).file("main.tf", "").packed();

    assertThatThrownBy(() -> Slug.read(new ByteArrayInputStream(slug), SlugLimits.USUAL))
        .isInstanceOf(SlugFault.class)
        .hasMessage("The archive has more than 1048576 bytes of headers before one file.");
  }

  @Test
  void modules_that_declare_too_much_are_refused() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      text.append("output \"o").append(i).append("\" {}\n");
    }

    assertThatThrownBy(() -> read(new ASlug().file("main.tf", text.toString())))
        .isInstanceOf(SlugFault.class)
        .hasMessageStartingWith("The modules of the archive declare more than 15 ");
  }

  @Test
  void modules_that_need_too_much_are_refused() {
    String call = "module \"a\" {\n  source = \"%s\"\n}\n".formatted("a".repeat(300));

    assertThatThrownBy(() -> read(new ASlug().file("main.tf", call)))
        .isInstanceOf(SlugFault.class)
        .hasMessage(
            "What the modules of the archive call and need takes more than 300 characters.");
  }
}
