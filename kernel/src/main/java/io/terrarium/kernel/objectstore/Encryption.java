package io.terrarium.kernel.objectstore;

import io.minio.Http;
import io.minio.ServerSideEncryption;
import io.terrarium.kernel.settings.Env;
import java.util.Optional;

/// How the store is asked to encrypt what lies in it, on top of our own encryption.
public sealed interface Encryption {
  /// By keys of the store's own (`AES256`).
  record OwnKeys() implements Encryption {}

  /// By a key of the cloud's key service (`aws:kms`).
  ///
  /// @param keyId the bucket's usual key where it is absent
  record KeyService(Optional<String> keyId) implements Encryption {}

  /// Empty where nothing is asked for.
  static Optional<Encryption> from(Env env) {
    String kind = "TFE_OBJECT_STORAGE_S3_SERVER_SIDE_ENCRYPTION";
    Optional<String> keyId = env.find(kind + "_KMS_KEY_ID");
    String asked = env.text(kind, "");
    if (keyId.isPresent() && !asked.equals("aws:kms")) {
      env.problem(kind + "_KMS_KEY_ID has a meaning only with " + kind + "=aws:kms");
    }
    return switch (asked) {
      case "" -> Optional.empty();
      case "AES256" -> Optional.of(new OwnKeys());
      case "aws:kms" -> Optional.of(new KeyService(keyId));
      default -> {
        env.problem(kind + " must be AES256 or aws:kms");
        yield Optional.empty();
      }
    };
  }

  /// As the client of the store wants it.
  default ServerSideEncryption headers() {
    Http.Headers headers =
        switch (this) {
          case OwnKeys() -> new Http.Headers("X-Amz-Server-Side-Encryption", "AES256");
          case KeyService(Optional<String> keyId) -> {
            Http.Headers kms = new Http.Headers("X-Amz-Server-Side-Encryption", "aws:kms");
            keyId.ifPresent(id -> kms.put("X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", id));
            yield kms;
          }
        };
    return new ServerSideEncryption() {
      @Override
      public Http.Headers headers() {
        return headers;
      }

      // No key of ours goes over the wire; whether the way is encrypted is the endpoint's matter.
      @Override
      public boolean tlsRequired() {
        return false;
      }
    };
  }
}
