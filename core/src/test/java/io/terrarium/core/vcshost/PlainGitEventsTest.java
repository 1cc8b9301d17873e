package io.terrarium.core.vcshost;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.core.vcshost.VcsEvent.BranchDeleted;
import io.terrarium.core.vcshost.VcsEvent.Push;
import io.terrarium.core.vcshost.VcsEvent.Sender;
import io.terrarium.core.vcshost.VcsEvent.TagDeleted;
import io.terrarium.core.vcshost.VcsEvent.TagPush;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the hook of a plain Git server tells.
class PlainGitEventsTest {
  private static final String NOTHING = "0".repeat(40);

  private static final Repository REPOSITORY =
      new Repository("team/infrastructure.git", null, null, null, null);

  private static List<VcsEvent> read(String body) {
    return Payload.read(ServiceProvider.GIT, "User-Agent", "curl", body);
  }

  @Test
  void tells_of_a_push_what_git_tells_its_hook() {
    assertThat(read(Payload.of("git/push.json")))
        .containsExactly(
            new Push(
                REPOSITORY,
                "main",
                "9049f1265b7d61be4a8904a9a27120d2064dab3b",
                "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c",
                null,
                null,
                null,
                ChangedFiles.UNKNOWN,
                Sender.UNKNOWN));
  }

  @Test
  void may_tell_more_or_less() {
    String more =
        Payload.of("git/push.json")
            .replaceFirst(
                "\\{",
                "{\"message\": \"Mend it\", \"user\": \"ada\", \"default_branch\": \"main\",")
            .replace("\"repository\": \"team/infrastructure.git\"", "\"other\": 1");

    assertThat(read(more))
        .containsExactly(
            new Push(
                new Repository("", "main", null, null, null),
                "main",
                "9049f1265b7d61be4a8904a9a27120d2064dab3b",
                "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c",
                "Mend it",
                null,
                null,
                ChangedFiles.UNKNOWN,
                new Sender("ada", null, null)));
  }

  @Test
  void tells_of_tags_and_of_what_is_gone() {
    String body = Payload.of("git/push.json");
    String tag = body.replace("refs/heads/main", "refs/tags/v1.0.0");
    String after = "0d1a26e67d8f5eaf1f6ba5c57fc3c7d91ac0fd1c";

    assertThat(read(tag))
        .containsExactly(new TagPush(REPOSITORY, "v1.0.0", after, null, null, Sender.UNKNOWN));
    assertThat(read(tag.replace(after, NOTHING)))
        .containsExactly(new TagDeleted(REPOSITORY, "v1.0.0", Sender.UNKNOWN));
    assertThat(read(body.replace(after, NOTHING)))
        .containsExactly(new BranchDeleted(REPOSITORY, "main", Sender.UNKNOWN));
  }
}
