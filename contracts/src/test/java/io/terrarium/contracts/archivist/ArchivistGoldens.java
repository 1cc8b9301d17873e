package io.terrarium.contracts.archivist;

import static io.terrarium.contracts.archivist.ObjectClaims.Action.APPEND_LOG;
import static io.terrarium.contracts.archivist.ObjectClaims.Action.READ;
import static io.terrarium.contracts.archivist.ObjectClaims.Action.READ_LOG;
import static io.terrarium.contracts.archivist.ObjectClaims.Action.WRITE;

import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import java.util.List;

/// What archivist is told and tells.
public final class ArchivistGoldens {
  private static final String SLUG = "configuration-versions/cv-ntv3HbhJqvFzamy7/slug";
  private static final String LOG = "runs/run-CZcmD7eagjhyX0vN/plan/log";
  private static final String SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";
  private static final long EXPIRES = 1_767_323_045;

  private ArchivistGoldens() {}

  public static List<Golden<?>> all() {
    ObjectClaims.Callback callback =
        new ObjectClaims.Callback("configuration-version", "cv-ntv3HbhJqvFzamy7");
    return List.of(
        claims("object-claims-read", new ObjectClaims(READ, SLUG, EXPIRES, 0, 0, null)),
        claims(
            "object-claims-write",
            new ObjectClaims(WRITE, SLUG, EXPIRES, 104_857_600, 0, callback)),
        claims("object-claims-read-log", new ObjectClaims(READ_LOG, LOG, EXPIRES, 0, 0, null)),
        claims(
            "object-claims-append-log",
            new ObjectClaims(APPEND_LOG, LOG, EXPIRES, 1_048_576, 2, null)),
        claims(
            "object-claims-delete",
            new ObjectClaims(ObjectClaims.Action.DELETE, SLUG, EXPIRES, 0, 0, null)),
        claims(
            "object-claims-delete-log",
            new ObjectClaims(ObjectClaims.Action.DELETE_LOG, LOG, EXPIRES, 0, 0, null)),
        new Golden<>(
            "object-stored",
            new ObjectStored(
                ObjectStored.VERSION,
                "configuration-version",
                "cv-ntv3HbhJqvFzamy7",
                SLUG,
                4_294_967_296L,
                SHA256,
                MD5,
                0),
            new Wire.Body<>(ObjectStored.class)),
        new Golden<>(
            "stored-object",
            new StoredObject(SLUG, 4_294_967_296L, SHA256),
            new Wire.Body<>(StoredObject.class)),
        new Golden<>(
            "log-position",
            new LogPosition(4_294_967_296L, true),
            new Wire.Body<>(LogPosition.class)));
  }

  private static Golden<?> claims(String name, ObjectClaims claims) {
    return new Golden<>(name, claims, new Wire.SignedPath());
  }
}
