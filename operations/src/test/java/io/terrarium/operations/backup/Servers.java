package io.terrarium.operations.backup;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.embedded.EmbeddedS3;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/// PostgreSQL and S3 of several installations, each of which has a database and a bucket of its
/// own.
final class Servers implements AutoCloseable {
  private static final int CONNECTIONS = 3;

  private final Parts parts = new Parts("servers of a test");
  private final DataDirectory data;
  private final EmbeddedPostgres postgres;
  private final EmbeddedS3 s3;
  private final Platform platform;
  private final HttpService atlas;

  Servers(Path directory) {
    data = parts.add(DataDirectory.open(directory));
    postgres = parts.add(EmbeddedPostgres.start(data));
    s3 = parts.add(EmbeddedS3.start(data));
    platform = parts.add(Platform.start());
    atlas =
        parts.add(
            HttpService.start(
                platform.vertx(),
                "atlas of the test",
                HttpAddress.loopback(0),
                api -> api.post(InternalApi.HOPS, _ -> Reply.noContent())));
  }

  Platform platform() {
    return platform;
  }

  /// Takes archivist's hops, and forgets them.
  URI atlas() {
    return URI.create("http://127.0.0.1:" + atlas.port());
  }

  ObjectStoreConfig freshBucket() {
    return new ObjectStoreConfig(
        s3.endpoint(),
        "blobs-" + Tokens.hex(6),
        EmbeddedS3.REGION,
        s3.accessKey(),
        s3.secretKey(),
        true);
  }

  DatabaseConfig freshDatabase() {
    String name = "test_" + Tokens.hex(6);
    String address = "jdbc:postgresql://%s:%d/".formatted(postgres.host(), postgres.port());
    String superuserPassword = data.secret("postgres_superuser_password").value();
    try (Connection connection =
            DriverManager.getConnection(address + "postgres", "postgres", superuserPassword);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, postgres.username()));
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the test", e);
    }
    return new DatabaseConfig(
        address + name, postgres.username(), postgres.password(), CONNECTIONS);
  }

  @Override
  public void close() {
    parts.close();
  }
}
