package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitAccessTest {
  @TempDir private Path data;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int printToken() {
    return Terrarium.run(
        new PrintWriter(out, true), new PrintWriter(err, true), "git-token", "--data", "" + data);
  }

  private void keep() {
    GitAccess.keep(
        data,
        Map.of(
            "TERRARIUM_GIT_SERVER_TOKEN", "c0ffee",
            "TERRARIUM_GIT_SERVER_URL", "http://127.0.0.1:3000"));
  }

  @Test
  void the_token_is_printed_and_its_file_is_its_owners_alone() throws IOException {
    keep();

    int exit = printToken();

    assertThat(exit).isZero();
    assertThat(out.toString().strip()).isEqualTo("c0ffee");
    assertThat(GitAccess.file(data)).hasContent("http://lab:c0ffee@127.0.0.1:3000");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(GitAccess.file(data))))
        .isEqualTo("rw-------");
  }

  @Test
  void the_token_is_printed_after_git_has_written_the_file_in_its_own_way() throws IOException {
    Files.writeString(GitAccess.file(data), "http://lab:c0ffee@127.0.0.1%3a3000\n");

    int exit = printToken();

    assertThat(exit).isZero();
    assertThat(out.toString().strip()).isEqualTo("c0ffee");
  }

  @Test
  void a_mesh_without_a_git_server_has_no_token() {
    GitAccess.keep(data, Map.of());

    int exit = printToken();

    assertThat(exit).isEqualTo(1);
    assertThat(err.toString()).contains("start one with up --git");
  }
}
