package io.terrarium.terrarium;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// What a person needs to know once the mesh is up.
final class Welcome {
  /// The one that is proposed.
  private static final String ORGANIZATION = "acme";

  private final Mesh mesh;
  private final Optional<String> demoToken;
  private final Path cliConfiguration;
  private final boolean isMac;

  Welcome(Mesh mesh) {
    this.mesh = mesh;
    demoToken = Credentials.read(mesh.dataDirectory()).map(Credentials::token);
    cliConfiguration = CliConfiguration.ensure(mesh, demoToken);
    isMac = System.getProperty("os.name", "").startsWith("Mac");
  }

  void print(PrintWriter out) {
    String address = mesh.publicUrl().toString();
    String host = address.replace("https://", "");
    out.printf("  address        %s   (plain: %s)%n", address, mesh.httpUrl());
    out.printf("  CA             %s%n", mesh.caFile());
    out.printf("  data           %s%n%n", mesh.dataDirectory());
    String organization = printAdmin(out);
    out.printf("  export TF_CLI_CONFIG_FILE=%s%n", cliConfiguration);
    if (isMac) {
      out.printf(
          "  sudo security add-trusted-cert -d -r trustRoot -k"
              + " /Library/Keychains/System.keychain %s%n%n",
          mesh.caFile());
    } else {
      out.printf("  export SSL_CERT_FILE=%s%n%n", mesh.caBundle());
    }
    out.printf("And point a configuration at it:%n%n");
    out.printf(
        "  terraform {%n    cloud {%n      hostname     = \"%s\"%n      organization = \"%s\"%n"
            + "      workspaces { name = \"…\" }%n    }%n  }%n%n",
        host, organization);
    mesh.gitUrl().ifPresent(url -> printGit(out, url));
    if (mesh.isLab()) {
      out.printf(
          "The labs are at %s/app/mesh/labs, for site admins; they break and mend this mesh.%n%n",
          address);
    }
    out.printf("Ctrl-C stops it; the next `up` goes on where it was.%n");
  }

  /// As Git is told of one server's credentials without a file of the user's being changed.
  private void printGit(PrintWriter out, URI url) {
    Path data = mesh.dataDirectory();
    out.printf(
        """
        Git repositories are at %1$s. Let git in, and push; a push makes the repository:

          export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=credential.%1$s.helper
          export GIT_CONFIG_VALUE_0='store --file %2$s'
          git push %1$s/lab/network.git main

        For a connection ("service-provider": "gitea", "http-url": "%1$s") its token is what
        `./terrarium git-token%3$s` prints; docs/how-to/follow-a-repository.md goes on from here.

        """,
        url, GitAccess.file(data), PlaceOptions.isUsual(data) ? "" : " --data " + data);
  }

  /// How to come to a token and an organization; the name of that.
  private String printAdmin(PrintWriter out) {
    if (demoToken.isPresent()) {
      out.printf(
          "Let terraform trust the mesh, with the token of the admin that the demo made:%n%n");
      return Demo.ORGANIZATION;
    }
    String organization = "…";
    if (new ApiAccess(mesh.httpUrl(), "").get("/admin/retrieve-iact").status() == 200) {
      out.printf(
          """
          Make the first admin in a browser, at %3$s (it asks about the certificate
          until it trusts the CA above), or here, once; the answer holds your token:

            curl -s -X POST -H 'Content-Type: application/json' \\
              "%1$s/admin/initial-admin-user?token=$(curl -s %1$s/admin/retrieve-iact)" \\
              -d '{"username":"admin","email":"admin@example.com","password":"change-me-soon"}'

          Make an organization, with your token in the place of <token>:

            curl -s -X POST -H 'Authorization: Bearer <token>' \
              -H 'Content-Type: application/vnd.api+json' %1$s/api/v2/organizations \
              -d '{"data":{"type":"organizations","attributes":{"name":"%2$s","email":"admin@example.com"}}}'

          """,
          mesh.httpUrl(), ORGANIZATION, mesh.publicUrl());
      organization = ORGANIZATION;
    }
    out.printf("Let terraform trust the mesh, and put your token into the file named here:%n%n");
    return organization;
  }
}
