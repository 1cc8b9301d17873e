package io.terrarium.atlas.ui.lab;

import io.terrarium.atlas.api.oauthclient.OauthClientsApi;
import io.terrarium.atlas.api.run.RunRequests;
import io.terrarium.atlas.api.workspace.WorkspaceRequests;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.contracts.lab.LabRepository;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.configurationversion.ConfigurationVersion;
import io.terrarium.core.configurationversion.ConfigurationVersions;
import io.terrarium.core.oauthclient.OauthClient;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.core.organization.Organization.OrganizationOptions;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.Runs;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Makes for the learner, and as the learner, what an exercise begins with. All of it goes the way
/// that it goes for anybody.
final class Workbench {
  /// Of everything that the exercises make.
  static final String ORGANIZATION = "lab";

  private final Parts parts;
  private final UserPrincipal learner;

  /// @param router where archivist is
  record Parts(
      Organizations organizations,
      Workspaces workspaces,
      ConfigurationVersions configurations,
      RunObjects objects,
      Runs runs,
      OauthClients clients,
      ServiceClient router,
      LabClient lab,
      String terraformVersion,
      InstantSource clock) {}

  Workbench(Parts parts, UserPrincipal learner) {
    this.parts = parts;
    this.learner = learner;
  }

  LabClient lab() {
    return parts.lab();
  }

  Instant now() {
    return parts.clock().instant();
  }

  /// A workspace with a real configuration.
  Workspace workspace(String name, String configuration) {
    return workspace(name, Map.of(), Map.of("main.tf", configuration));
  }

  /// One whose runs play a script: they take as long as an exercise needs.
  Workspace scripted(String name, String script) {
    return workspace(
        name, Map.of("terraform-version", version()), Map.of("terrarium-script.json", script));
  }

  private String version() {
    return parts.terraformVersion() + "+scripted";
  }

  private Workspace workspace(
      String name, Map<String, String> settings, Map<String, String> files) {
    Workspace made = workspace(name, settings);
    ConfigurationVersion configuration =
        parts
            .configurations()
            .create(
                learner, made.id(), new ConfigurationVersions.New("tfe-ui", false, false, false));
    parts
        .router()
        .put(
            parts.objects().writeConfiguration(configuration.id().value()),
            HttpRequest.BodyPublishers.ofByteArray(slug(files)),
            Map.of());
    return made;
  }

  private Workspace workspace(String name, Map<String, String> settings) {
    ensureOrganization();
    Map<String, String> attributes = new HashMap<>(settings);
    attributes.put("name", name);
    return parts
        .workspaces()
        .create(
            learner,
            ORGANIZATION,
            WorkspaceRequests.changes(Form.showing(attributes).resource(), false),
            new Workspace.Origin("tfe-ui", null, null))
        .workspace();
  }

  private void ensureOrganization() {
    try {
      parts.organizations().find(learner, ORGANIZATION);
    } catch (Fault.NotFound missing) {
      makeOrganization();
    }
  }

  private void makeOrganization() {
    try {
      parts
          .organizations()
          .create(learner, OrganizationOptions.initial(ORGANIZATION, "lab@example.com"));
    } catch (Fault.Invalid taken) {
      throw new Fault.Conflict(
          "The exercises make what they need in the organization `"
              + ORGANIZATION
              + "`, which somebody else has made here, and you do not belong to it. Have one of its"
              + " owners invite you under Settings, Members, into the team `owners`; then press the"
              + " button again.");
    }
  }

  /// A workspace that follows a repository of the lab's Git server, by a connection of its own.
  Workspace following(String name, LabRepository repository) {
    LabRepository.Access git = parts.lab().commit(repository);
    ensureOrganization();
    OauthClient client =
        parts
            .clients()
            .create(
                learner,
                ORGANIZATION,
                OauthClientsApi.changes(
                    Form.showing(
                            Map.of(
                                "name",
                                name,
                                "service-provider",
                                "gitea",
                                "http-url",
                                git.address(),
                                "api-url",
                                git.address() + "/api/v1",
                                "oauth-token-string",
                                git.token().value()))
                        .resource()));
    return workspace(
        name,
        Map.of(
            "terraform-version", version(),
            "vcs-repo.identifier", repository.name(),
            "vcs-repo.oauth-token-id", client.tokens().getFirst().value(),
            "queue-all-runs", "true"));
  }

  void run(WorkspaceId workspace, String message, boolean isPlanOnly) {
    Form form = Form.showing(Map.of("message", message, "plan-only", Boolean.toString(isPlanOnly)));
    parts.runs().create(learner, RunRequests.create(form.resource(), workspace, "tfe-ui", false));
  }

  private static byte[] slug(Map<String, String> files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    }
    return bytes.toByteArray();
  }
}
