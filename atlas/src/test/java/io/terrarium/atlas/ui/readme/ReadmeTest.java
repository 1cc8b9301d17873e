package io.terrarium.atlas.ui.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {
  private static String html(String markdown) {
    return Readme.of(markdown).html();
  }

  @Nested
  class A_readme {
    @Test
    void is_shown_with_headings_below_those_of_the_page() {
      assertThat(html("# Network\n\nA *small* one.\n\n###### Last"))
          .isEqualTo("<h3>Network</h3>\n<p>A <em>small</em> one.</p>\n<h6>Last</h6>\n");
    }

    @Test
    void has_tables_and_code() {
      String html =
          html("| Name | Type |\n| --- | --- |\n| cidr | `string` |\n\n```hcl\na <b>\n```");

      assertThat(html)
          .contains("<th>Name</th>", "<td><code>string</code></td>")
          .contains("<pre><code class=\"language-hcl\">a &lt;b&gt;\n</code></pre>");
    }

    @Test
    void is_cut_where_it_is_very_long() {
      Readme cut = Readme.of("word ".repeat(30_000));

      assertThat(cut.isCut()).isTrue();
      assertThat(cut.html().length()).isLessThan(101_000);
      assertThat(Readme.of("word").isCut()).isFalse();
    }
  }

  @Nested
  class A_link {
    @ParameterizedTest
    @CsvSource({
      "[a](https://example.com/?b=1&c), https://example.com/?b=1&amp;c",
      "[a](HTTP://example.com), HTTP://example.com",
      "<mailto:a@example.com>, mailto:a@example.com",
      "<https://example.com>, https://example.com"
    })
    void leads_to_the_web_and_vouches_for_nothing(String markdown, String address) {
      assertThat(html(markdown))
          .contains("href=\"" + address + "\"", "rel=\"nofollow noopener noreferrer\"");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "[a](javascript:alert(1))",
          "[a](JaVaScRiPt:alert(1))",
          "[a](<java\tscript:alert(1)>)",
          "[a](&#106;avascript:alert(1))",
          "[a](&#x1;javascript:alert(1))",
          "[a](vbscript:x)",
          "[a](data:text/html;base64,PHNjcmlwdD4=)",
          "[a](file:///etc/passwd)",
          "[a](//evil.example.com)",
          "[a](/app/acme/workspaces)",
          "[a](docs/inputs.md)",
          "[a](#inputs)",
          "[a]()",
          "<javascript:alert(1)>",
          "[a][b]\n\n[b]: javascript:alert(1)",
          "![a](data:image/svg+xml,x)",
          "![a](javascript:alert(1))"
        })
    void to_anything_else_is_text(String markdown) {
      assertThat(html(markdown)).doesNotContain("<a", "<img", "href", "src=");
    }

    @Test
    void cannot_break_out_of_its_address() {
      assertThat(html("[a](<https://example.com/\"onmouseover=\"alert(1)> '\"><script>')"))
          .doesNotContain("\"onmouseover", "<script>", "title");
    }
  }

  @Nested
  class An_image {
    @Test
    void is_a_link() {
      assertThat(html("![a *plan*](https://example.com/a.png)"))
          .isEqualTo(
              "<p><a href=\"https://example.com/a.png\" rel=\"nofollow noopener noreferrer\">"
                  + "a <em>plan</em></a></p>\n");
    }

    @Test
    void without_words_shows_its_address() {
      assertThat(html("![](https://example.com/a.png)")).contains(">https://example.com/a.png</a>");
    }

    @Test
    void within_a_link_is_its_words() {
      assertThat(html("[![build](https://ci.example.com/b.svg)](https://ci.example.com)"))
          .containsOnlyOnce("<a ")
          .contains(">build</a>");
    }

    @Test
    void has_no_link_among_its_words() {
      assertThat(html("![a [b](https://c.example.com)](https://d.example.com)"))
          .containsOnlyOnce("<a ")
          .contains("https://d.example.com");
    }
  }

  @Nested
  class Raw_html {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "<script>alert(1)</script>",
          "a <img src=x onerror=alert(1)> b",
          "<iframe src=\"https://evil.example.com\"></iframe>",
          "<a href=\"javascript:alert(1)\">a</a>",
          "<style>body { display: none }</style>",
          "<svg><script>alert(1)</script></svg>",
          "<!-- --><form action=/x><input></form>",
          "| a |\n| - |\n| <script>alert(1)</script> |",
          "&lt;script&gt;alert(1)&lt;/script&gt;",
          "```\"><script>alert(1)</script>\nx\n```",
          "\\<script>alert(1)\\</script>"
        })
    void is_text(String markdown) {
      assertThat(html(markdown).replaceAll("</?(p|code|pre|table|thead|tbody|tr|th|td|a)>", ""))
          .doesNotContainPattern("<(?!code class=\"language-[^\"<>]*\">)");
    }
  }

  /// What takes parsers long, or deep.
  @Nested
  @Timeout(value = 10, unit = TimeUnit.SECONDS)
  class Hostile_nesting {
    @ParameterizedTest
    @ValueSource(
        strings = {"> ", "- ", "1. ", "*a **b ", "[", "![", "[a](", "`", "<a ", "_a ", "| ", "&"})
    void is_rendered_all_the_same(String piece) {
      String html = html(piece.repeat(60_000));

      assertThat(html).isNotEmpty();
      assertThat(html.length()).isLessThan(2_000_000);
    }

    @Test
    void of_closed_things_is_no_deeper_than_pages_want() {
      assertThat(html("*".repeat(20_000) + "a" + "*".repeat(20_000)).split("<strong>|<em>"))
          .hasSizeLessThan(200);
      assertThat(html("[".repeat(20_000) + "a" + "](https://b)".repeat(5_000)).split("<a "))
          .hasSizeLessThan(6_000);
    }
  }
}
