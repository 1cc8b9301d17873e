package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.lab.LabRepository;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/// Commits and pushes to the lab's Git server as a person would from a clone, for who has none at
/// hand.
final class LabRepositories {
  private static final String BRANCH = "main";
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}/[a-z0-9-]{1,60}");
  private static final int FORGED_BYTES = 16;

  private final Path clones;
  private final URI server;
  private final String token;

  /// @param clones directory for the working copies
  LabRepositories(Path clones, Map<String, String> environment) {
    this.clones = clones;
    server = URI.create(environment.getOrDefault("TERRARIUM_GIT_SERVER_URL", ""));
    token = environment.getOrDefault(GitAccess.TOKEN, "");
  }

  /// Commits the files over what is there and pushes; the first push makes the repository.
  LabRepository.Access commit(LabRepository asked) {
    Path clone = clones.resolve(known(asked.name()));
    try (Git git = Git.init().setDirectory(clone.toFile()).setInitialBranch(BRANCH).call()) {
      for (Map.Entry<String, String> file : asked.files().entrySet()) {
        Files.writeString(inside(clone, file.getKey()), file.getValue());
      }
      git.add().addFilepattern(".").call();
      git.commit()
          .setAllowEmpty(true)
          .setAuthor("lab", "lab@example.com")
          .setCommitter("lab", "lab@example.com")
          .setSign(false)
          .setMessage(asked.message())
          .call();
      git.push()
          .setRemote(server + "/" + asked.name() + ".git")
          .setCredentialsProvider(new UsernamePasswordCredentialsProvider("lab", token))
          .setRefSpecs(new RefSpec(Constants.R_HEADS + BRANCH))
          .setForce(true)
          .call();
      return new LabRepository.Access(server.toString(), new Secret(token));
    } catch (GitAPIException | IOException e) {
      throw new Fault.Unavailable("The lab's Git server took no push: " + e.getMessage(), e);
    }
  }

  private static Path inside(Path clone, String name) throws IOException {
    Path file = clone.resolve(name).normalize();
    if (!file.startsWith(clone)) {
      throw new Fault.BadRequest("A file of the commit lies outside of the repository.");
    }
    Files.createDirectories(file.getParent());
    return file;
  }

  /// Gives the repository's webhooks another secret than the one that atlas knows.
  void forge(String name) {
    ApiAccess host = new ApiAccess(server, token);
    String hooks = "/api/v1/repos/" + known(name) + "/hooks";
    for (JsonNode hook : host.get(hooks).json()) {
      host.patch(
          hooks + "/" + hook.path("id").asLong(),
          "{\"config\":{\"secret\":\"" + Tokens.hex(FORGED_BYTES) + "\"}}");
    }
  }

  private static String known(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new Fault.BadRequest("A repository is named owner/name, in small letters.");
    }
    return name;
  }
}
