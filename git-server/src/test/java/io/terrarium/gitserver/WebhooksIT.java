package io.terrarium.gitserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.FreePorts;
import io.terrarium.testsupport.WorkingCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What webhooks, pull requests and statuses do as pushes come in.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhooksIT {
  private static final String NOTHING = "0".repeat(40);

  @AutoClose private final Receiver receiver = new Receiver();
  @AutoClose private final Parts parts = new Parts("test");
  private Host host;

  @BeforeAll
  void start(@TempDir Path directory) {
    host = new Host(directory, directory.resolve("served"), FreePorts.any());
    Platform platform = parts.add(Platform.start());
    parts.add(GitServer.start(GitServerConfig.from(Env.of(host.settings())), platform));
  }

  /// A repository with one commit on `main`, of which the receiver is told.
  private WorkingCopy hooked(String repository) {
    WorkingCopy copy = host.copy(repository);
    copy.commit("net/main.tf", "one");
    copy.git("push", "-q", "origin", "main");
    host.hook(repository, receiver.url(repository));
    return copy;
  }

  @Test
  void a_push_is_told_with_its_commits_and_files_and_signed() {
    WorkingCopy copy = hooked("lab/told");
    String before = copy.head();
    copy.commit("net/more.tf", "more");
    copy.git("rm", "-q", "net/more.tf");
    String after = copy.commit("net/main.tf", "two");

    copy.git("push", "-q", "origin", "main");

    Receiver.Heard heard = receiver.await("lab/told", 1);
    assertThat(heard.isSigned()).isTrue();
    assertThat(heard.event()).isEqualTo("push");
    assertThat(heard.text("/ref")).isEqualTo("refs/heads/main");
    assertThat(heard.text("/before")).isEqualTo(before);
    assertThat(heard.text("/after")).isEqualTo(after);
    assertThat(heard.text("/total_commits")).isEqualTo("2");
    assertThat(heard.text("/commits/0/id")).isEqualTo(after);
    assertThat(heard.text("/commits/0/removed/0")).isEqualTo("net/more.tf");
    assertThat(heard.text("/commits/0/modified/0")).isEqualTo("net/main.tf");
    assertThat(heard.text("/commits/1/added/0")).isEqualTo("net/more.tf");
    assertThat(heard.text("/forced")).isEqualTo("false");
    assertThat(heard.text("/repository/full_name")).isEqualTo("lab/told");
    assertThat(heard.text("/repository/clone_url")).isEqualTo(host.address() + "/lab/told.git");
    assertThat(heard.text("/sender/login")).isEqualTo("ada");
  }

  @Test
  void new_and_rewritten_and_deleted_branches_and_tags_are_told_in_their_order() {
    WorkingCopy copy = hooked("lab/refs");
    String first = copy.head();
    copy.git("tag", "-a", "-m", "One", "v1.0.0");

    copy.git("push", "-q", "origin", "v1.0.0");
    copy.git("push", "-q", "origin", "main:refs/heads/wide");
    copy.git("commit", "-q", "--amend", "-m", "Otherwise");
    copy.git("push", "-q", "--force", "origin", "main");
    copy.git("push", "-q", "origin", ":wide", ":refs/tags/v1.0.0");

    Receiver.Heard last = receiver.await("lab/refs", 5);
    Receiver.Heard tag = receiver.heard("lab/refs").get(0);
    assertThat(tag.text("/ref")).isEqualTo("refs/tags/v1.0.0");
    assertThat(tag.text("/after")).isEqualTo(first);
    Receiver.Heard branch = receiver.heard("lab/refs").get(1);
    assertThat(branch.text("/before")).isEqualTo(NOTHING);
    assertThat(branch.text("/total_commits")).isEqualTo("0");
    assertThat(receiver.heard("lab/refs").get(2).text("/forced")).isEqualTo("true");
    Receiver.Heard gone = receiver.heard("lab/refs").get(3);
    assertThat(gone.event() + last.event()).isEqualTo("deletedelete");
    assertThat(gone.text("/ref_type") + " " + gone.text("/ref")).isEqualTo("branch wide");
    assertThat(last.text("/ref_type") + " " + last.text("/ref")).isEqualTo("tag v1.0.0");
  }

  @Test
  void a_pull_request_is_told_when_it_opens_gets_commits_and_is_merged() {
    WorkingCopy copy = hooked("lab/pulled");
    copy.git("checkout", "-q", "-b", "wide");
    copy.commit("net/wide.tf", "wide");
    copy.git("push", "-q", "origin", "wide");

    Host.Answer opened =
        host.post(
            "/api/v1/repos/lab/pulled/pulls",
            "{\"head\":\"wide\",\"base\":\"main\",\"title\":\"A wider net\"}");
    String newest = copy.commit("net/wider.tf", "wider");
    copy.git("push", "-q", "origin", "wide");
    copy.git("push", "-q", "origin", "wide:main");

    assertThat(opened.status()).as(opened.text()).isEqualTo(201);
    receiver.await("lab/pulled", 6);
    assertThat(receiver.heard("lab/pulled"))
        .extracting(heard -> heard.event() + " " + heard.text("/action"))
        .containsExactly(
            "push ",
            "pull_request opened",
            "push ",
            "pull_request synchronized",
            "push ",
            "pull_request closed");
    Receiver.Heard merged = receiver.heard("lab/pulled").get(5);
    assertThat(merged.text("/pull_request/merged")).isEqualTo("true");
    assertThat(merged.text("/pull_request/head/sha")).isEqualTo(newest);
    assertThat(merged.text("/pull_request/base/ref")).isEqualTo("main");
    assertThat(merged.text("/pull_request/head/repo/full_name")).isEqualTo("lab/pulled");
  }

  @Test
  void a_pull_request_can_be_looked_at_and_closed_and_opened_again() {
    WorkingCopy copy = hooked("lab/closed");
    copy.git("push", "-q", "origin", "main:wide");
    copy.git("checkout", "-q", "-b", "local");
    copy.commit("net/a.tf", "a");
    copy.commit("net/b.tf", "b");
    copy.git("push", "-q", "origin", "local:wide");
    String pulls = "/api/v1/repos/lab/closed/pulls";
    host.post(pulls, "{\"head\":\"wide\",\"base\":\"main\",\"title\":\"A\",\"body\":\"B\"}");

    Host.Answer second = host.post(pulls, "{\"head\":\"wide\",\"base\":\"main\",\"title\":\"A\"}");
    Host.Answer files = host.get(pulls + "/1/files?limit=1&page=1");
    Host.Answer closed = host.patch(pulls + "/1", "{\"state\":\"closed\"}");
    Host.Answer none = host.get(pulls);
    Host.Answer again = host.patch(pulls + "/1", "{\"state\":\"open\"}");

    assertThat(second.status()).isEqualTo(409);
    assertThat(files.text()).isEqualTo("[{\"filename\":\"net/a.tf\",\"status\":\"added\"}]");
    assertThat(files.raw().headers().firstValue("Link")).get().asString().contains("page=2");
    assertThat(closed.at("/state") + closed.at("/merged")).isEqualTo("closedfalse");
    assertThat(none.text()).isEqualTo("[]");
    assertThat(again.at("/state")).isEqualTo("open");
    assertThat(receiver.await("lab/closed", 5).text("/action")).isEqualTo("reopened");
  }

  @Test
  void a_webhook_is_listed_without_its_secret_changed_and_deleted() throws IOException {
    hooked("lab/hooks");
    String hooks = "/api/v1/repos/lab/hooks/hooks";
    host.hook("lab/hooks", receiver.url("second"));

    Host.Answer list = host.get(hooks + "?limit=50&page=1");
    Host.Answer changed =
        host.patch(hooks + "/2", "{\"active\":false,\"config\":{\"url\":\"http://else.test/x\"}}");
    Host.Answer deleted = host.delete(hooks + "/1");

    assertThat(list.text()).contains(receiver.url("lab/hooks")).doesNotContain(Receiver.SECRET);
    assertThat(changed.at("/active") + changed.at("/config/url"))
        .isEqualTo("falsehttp://else.test/x");
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(host.delete(hooks + "/1").status()).isEqualTo(404);
    Path kept = host.repositories().resolve("lab/hooks.git/terrarium/hooks.json");
    assertThat(kept).content().contains(Receiver.SECRET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hooks | {\"type\":\"slack\",\"config\":{\"url\":\"http://a.test/\"}} | type must be gitea",
        "hooks | {\"type\":\"gitea\",\"config\":{\"url\":\"file:///etc\"}} | config.url must be",
        "hooks | {\"type\":\"gitea\"} | config must be given",
        "hooks | {\"type\": | not the JSON",
        "pulls | {\"head\":\"main\",\"base\":\"main\",\"title\":\"A\"} | must be two branches",
        "pulls | {\"head\":\"none\",\"base\":\"main\",\"title\":\"A\"} | no branch none",
        "statuses/main | {\"state\":\"perhaps\"} | state must be one of",
        "statuses/none | {\"state\":\"success\"} | no commit none",
      })
  void bad_input_is_refused_in_words(String path, String body, String words) {
    if (host.get("/api/v1/repos/lab/bad").status() == 404) {
      WorkingCopy copy = host.copy("lab/bad");
      copy.commit("main.tf", "one");
      copy.git("push", "-q", "origin", "main");
    }

    Host.Answer answer = host.post("/api/v1/repos/lab/bad/" + path, body);

    assertThat(answer.status()).isBetween(400, 422);
    assertThat(answer.at("/message")).contains(words);
  }

  @Test
  void statuses_are_kept_beside_their_commit() {
    WorkingCopy copy = hooked("lab/shown");
    String commit = "/api/v1/repos/lab/shown/statuses/" + copy.head();

    host.post(commit, "{\"state\":\"pending\",\"context\":\"a\",\"description\":\"Planning\"}");
    host.post(commit, "{\"state\":\"success\",\"context\":\"a\",\"target_url\":\"http://a.test\"}");
    host.post(commit, "{\"state\":\"failure\",\"context\":\"b\"}");

    assertThat(host.get(commit).json().findValuesAsText("status"))
        .containsExactly("failure", "success", "pending");
    Host.Answer combined = host.get("/api/v1/repos/lab/shown/commits/main/status");
    assertThat(combined.at("/state")).isEqualTo("failure");
    assertThat(combined.at("/statuses/0/target_url")).isEqualTo("http://a.test");
  }

  @Test
  void commits_are_found_by_part_of_their_name_and_compared() {
    WorkingCopy copy = hooked("lab/compared");
    String first = copy.head();
    String second = copy.commit("net/dns.tf", "dns");
    copy.git("push", "-q", "origin", "main:refs/heads/feature/dns");
    String api = "/api/v1/repos/lab/compared";

    Host.Answer found = host.get(api + "/git/commits/" + first.substring(0, 7));
    Host.Answer compared = host.get(api + "/compare/main...feature%2Fdns");

    assertThat(found.at("/sha")).isEqualTo(first);
    assertThat(compared.at("/total_commits")).isEqualTo("1");
    assertThat(compared.at("/commits/0/sha")).isEqualTo(second);
    assertThat(compared.at("/commits/0/files/0/filename")).isEqualTo("net/dns.tf");
  }
}
