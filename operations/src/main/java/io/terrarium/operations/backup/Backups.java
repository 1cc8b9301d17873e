package io.terrarium.operations.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.vault.Transit;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// `POST /_backup/api/v1/backup` and `/restore`, for whoever has the backup token.
public final class Backups {
  private static final String PATH = "/_backup/api/v1/";
  private static final int CONFIG_BYTES_MAX = 64 * 1024;

  private static final Duration ANSWERED = Duration.ofSeconds(60);

  /// Until archivist has stored an object that comes as slowly as its snapshot does.
  private static final Duration STORED = Duration.ofHours(12);

  private final Backup backup;
  private final Restore restore;
  private final Secret token;
  private final Semaphore turn = new Semaphore(1);

  private Backups(Backup backup, Restore restore, Secret token) {
    this.backup = backup;
    this.restore = restore;
    this.token = token;
  }

  /// Adds what is to be closed to `parts`.
  public static Backups open(BackupConfig config, Platform platform, Parts parts) {
    Database database =
        parts.add(Database.openUnseen(config.database(), "operations", SnapshotStore.SCHEMA));
    Transit vault = parts.add(new Transit(config.vault()));
    ServiceClient reading =
        parts.add(new ServiceClient(config.router(), Optional.empty(), ANSWERED));
    ServiceClient writing = parts.add(new ServiceClient(config.router(), Optional.empty(), STORED));
    SignedPaths paths = new SignedPaths(List.of(Mac.sha256(config.archivistToken())));
    Blobs blobs = new Blobs(reading, writing, paths, platform.clock());
    SnapshotStore store = new SnapshotStore();
    return new Backups(
        new Backup(database, store, blobs, vault),
        new Restore(database, store, new RestoreStore(), blobs, vault),
        config.token());
  }

  public void mount(Api api) {
    Api behind = api.behind(BearerToken.required(token));
    behind.post(PATH + "backup", this::backUp);
    behind.post(PATH + "restore", this::restore);
  }

  private Reply backUp(Call call) throws Exception {
    JsonNode body =
        call.tree()
            .orElseThrow(
                () -> new Fault.BadRequest("The body must be JSON: {\"password\": \"…\"}."));
    Secret password = password(body);
    boolean skipsObjects = isSet(body.path("skip_object_storage"));
    Turn mine = new Turn();
    try {
      InputStream snapshot =
          Conveyor.start("backup", target -> backup.write(password, skipsObjects, target));
      return Reply.stream(200, "application/octet-stream", mine.during(snapshot), -1);
    } catch (Exception e) {
      mine.end();
      throw e;
    }
  }

  private Reply restore(Call call) throws IOException {
    Turn mine = new Turn();
    try {
      Multipart form = Multipart.of(call.header("Content-Type"), call.bodyStream());
      Secret password = password(config(form));
      Multipart.Field snapshot = field(form, "snapshot");
      restore.read(password, snapshot.content());
      return Reply.of(200);
    } finally {
      mine.end();
    }
  }

  private static JsonNode config(Multipart form) throws IOException {
    byte[] bytes = field(form, "config").content().readNBytes(CONFIG_BYTES_MAX);
    try {
      return Json.SNAKE.readTree(bytes);
    } catch (JsonProcessingException e) {
      throw new Fault.BadRequest("The field config must be JSON: {\"password\": \"…\"}.");
    }
  }

  /// The password is needed before the snapshot can be read, so they come in this order.
  private static Multipart.Field field(Multipart form, String name) throws IOException {
    return form.next()
        .filter(field -> field.name().equals(name))
        .orElseThrow(() ->
            new Fault.BadRequest(
                "The form must have the field config first, then the field snapshot."));
  }

  private static Secret password(JsonNode body) {
    JsonNode password = body.path("password");
    if (!password.isTextual() || password.textValue().isBlank()) {
      throw new Fault.BadRequest("password must be a text that is not empty.");
    }
    return new Secret(password.textValue());
  }

  private static boolean isSet(JsonNode flag) {
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw new Fault.BadRequest("skip_object_storage must be true or false.");
    }
    return flag.booleanValue();
  }

  /// One backup or restore at a time: each is as much work as this process should do.
  private final class Turn {
    private final AtomicBoolean hasEnded = new AtomicBoolean();

    Turn() {
      if (!turn.tryAcquire()) {
        throw new Fault.Conflict("A backup or a restore is under way; wait for its end.");
      }
    }

    void end() {
      if (!hasEnded.getAndSet(true)) {
        turn.release();
      }
    }

    /// Until `stream` is closed.
    InputStream during(InputStream stream) {
      return new FilterInputStream(stream) {
        @Override
        public void close() throws IOException {
          try {
            super.close();
          } finally {
            end();
          }
        }
      };
    }
  }
}
