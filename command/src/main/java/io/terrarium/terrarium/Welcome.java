package io.terrarium.terrarium;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/// What a person needs to know once the mesh is up.
final class Welcome {
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
    printAdmin(out);
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
        "  terraform {%n    cloud {%n      hostname     = \"%s\"%n      organization = \"…\"%n"
            + "      workspaces { name = \"…\" }%n    }%n  }%n%n",
        host);
    out.printf("Ctrl-C stops it; the next `up` goes on where it was.%n");
  }

  private void printAdmin(PrintWriter out) {
    if (demoToken.isPresent()) {
      out.printf(
          "Let terraform trust the mesh, with the token of the admin that the demo made:%n%n");
      return;
    }
    if (new ApiAccess(mesh.httpUrl(), "").get("/admin/retrieve-iact").status() == 200) {
      out.printf(
          """
          Make the first admin, once; the answer holds your token:

            curl -s -X POST -H 'Content-Type: application/json' \\
              "%1$s/admin/initial-admin-user?token=$(curl -s %1$s/admin/retrieve-iact)" \\
              -d '{"username":"admin","email":"admin@example.com","password":"change-me-soon"}'

          """,
          mesh.httpUrl());
    }
    out.printf("Let terraform trust the mesh, and put your token into the file named here:%n%n");
  }
}
