package io.terrarium.gitserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.FreePorts;
import io.terrarium.testsupport.WorkingCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The real `git` pushes and clones.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushIT {
  @AutoClose private final Parts parts = new Parts("test");
  private Host host;

  @BeforeAll
  void start(@TempDir Path directory) {
    host = new Host(directory, directory.resolve("served"), FreePorts.any());
    Platform platform = parts.add(Platform.start());
    parts.add(GitServer.start(GitServerConfig.from(Env.of(host.settings())), platform));
  }

  @Test
  void a_push_makes_the_repository_and_a_clone_has_what_was_pushed() {
    WorkingCopy copy = host.copy("lab/network");
    String first = copy.commit("net/main.tf", "one");
    copy.git("push", "-q", "origin", "main");
    String second = copy.commit("net/main.tf", "two");

    copy.git("push", "-q", "origin", "main");

    copy.git("clone", "-q", host.git("lab/network"), "again");
    WorkingCopy clone = new WorkingCopy(copy.directory().resolve("again"));
    assertThat(clone.git("log", "--format=%H")).isEqualTo(second + "\n" + first);
    assertThat(host.get("/api/v1/repos/lab/network").at("/default_branch")).isEqualTo("main");
    assertThat(host.get("/api/v1/user/repos").text()).contains("\"lab/network\"");
  }

  @Test
  void the_first_branch_of_a_repository_is_its_default_branch() {
    WorkingCopy copy = host.copy("lab/trunk");
    copy.commit("main.tf", "one");

    copy.git("push", "-q", "origin", "main:trunk", "main:refs/tags/v1");

    assertThat(host.get("/api/v1/repos/lab/trunk").at("/default_branch")).isEqualTo("trunk");
  }

  @Test
  void a_repository_that_somebody_else_has_made_is_served_too() {
    WorkingCopy copy = host.copy("team/theirs");
    copy.commit("main.tf", "one");
    copy.git("init", "-q", "--bare", host.repositories().resolve("team/theirs.git").toString());

    copy.git("push", "-q", "origin", "main");

    assertThat(copy.git("ls-remote", "origin", "main")).startsWith(copy.head());
  }

  @Test
  void a_part_of_the_history_or_a_commit_of_no_branch_can_be_fetched() {
    WorkingCopy copy = host.copy("lab/partial");
    String rewritten = copy.commit("main.tf", "one");
    copy.git("push", "-q", "origin", "main");
    copy.git("commit", "-q", "--amend", "-m", "Otherwise");
    copy.git("push", "-q", "--force", "origin", "main");
    WorkingCopy other = host.copy("lab/partial");

    other.git("fetch", "-q", "--depth", "1", "--filter=blob:none", "origin", rewritten);

    assertThat(other.git("rev-parse", "FETCH_HEAD")).isEqualTo(rewritten);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "token-of-the-lab-and-more"})
  void nobody_comes_in_without_the_token(String token) {
    WorkingCopy copy = host.copy("lab/secret");
    copy.commit("main.tf", "one");

    WorkingCopy.Result result = copy.run("push", host.git("lab/secret", token), "main");

    assertThat(result.exit()).isNotZero();
    assertThat(result.output()).contains("Authentication failed");
    assertThat(host.send("GET", "/api/v1/user", "", "token " + token).status()).isEqualTo(401);
    assertThat(host.send("GET", "/api/v1/user", "", "").status()).isEqualTo(401);
    assertThat(host.repositories().resolve("lab/secret.git")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..%2f..%2fetc/passwd.git/info/refs?service=git-receive-pack",
        "/lab/..%2f..%2fowned.git/info/refs?service=git-receive-pack",
        "/.terrarium/x.git/info/refs?service=git-receive-pack",
        "/lab/-x.git/info/refs?service=git-receive-pack",
        "/lab/a%00b.git/info/refs?service=git-receive-pack",
        "/lab/x.git/info/refs?service=git-anything",
        "/lab/x.git/info/refs",
      })
  void hostile_names_are_refused_in_words(String path) {
    Host.Answer answer = host.get(path);

    assertThat(answer.status()).as(answer.text()).isIn(400, 404);
    assertThat(answer.text()).isNotBlank().doesNotContain("Exception");
    assertThat(host.work().resolve("owned.git")).doesNotExist();
  }

  @Test
  void a_pack_beyond_the_limit_is_refused_in_words() {
    WorkingCopy copy = host.copy("lab/heavy");
    byte[] noise = new byte[2_000_000];
    new Random(1).nextBytes(noise);
    copy.write("heavy", noise);
    copy.commit("main.tf", "one");

    WorkingCopy.Result result = copy.run("push", "origin", "main");

    assertThat(result.exit()).isNotZero();
    assertThat(result.output()).containsIgnoringCase("exceeds the limit");
    assertThat(copy.git("ls-remote", "origin")).isEmpty();
  }

  @Test
  void a_repository_that_is_not_there_is_not_made_by_a_look_at_it() {
    assertThat(host.get("/api/v1/repos/lab/nowhere").status()).isEqualTo(404);
    assertThat(host.get("/api/v1/repos/lab/nowhere").at("/message")).contains("a push makes it");
    assertThat(Files.exists(host.repositories().resolve("lab/nowhere.git"))).isFalse();
  }
}
