package io.terrarium.archivist;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.StoredObject;
import io.terrarium.kernel.vault.Transit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The object store with everything in it encrypted: each object by a key of its own, in segments,
/// so that it streams in constant memory and a range needs only its segments. The wrapped key
/// travels with the object; the key's name is authenticated with it, so objects cannot be swapped.
final class SealedStore {
  private static final Logger LOG = LoggerFactory.getLogger(SealedStore.class);
  private static final String WRAPPED_KEY = "wrapped-key";
  private static final int KEY_BYTES = 32;
  private static final int SEGMENT_BYTES = 1 << 20;
  private static final int TAG_BYTES = 16;
  private static final int HEADER_BYTES = 1 + KEY_BYTES + 7;

  private final ObjectStore store;
  private final DataKeys keys;
  private final Ids ids;

  SealedStore(ObjectStore store, DataKeys keys, Ids ids) {
    this.store = store;
    this.keys = keys;
    this.ids = ids;
  }

  /// What is being read, in the clear; closed by the reader.
  ///
  /// @param size of `content`
  /// @param totalSize of the whole object
  /// @param encoding of `content`
  record Opened(InputStream content, long size, long totalSize, Encoding encoding) {}

  void put(String key, InputStream plaintext) {
    put(key, plaintext, Encoding.IDENTITY);
  }

  /// Stores all of `plaintext`; when it breaks off, nothing is stored.
  ///
  /// @param encoding of `plaintext`, which is stored as it comes
  void put(String key, InputStream plaintext, Encoding encoding) {
    Transit.DataKey dataKey = keys.fresh();
    Map<String, String> metadata = new HashMap<>(encoding.metadata());
    metadata.put(WRAPPED_KEY, dataKey.wrapped());
    try (InputStream sealed =
        new SealingStream(plaintext, cipher(dataKey.plaintext()), associated(key))) {
      store.put(key, sealed, OptionalLong.empty(), metadata);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As [#put], as a new object beneath `prefix` each time, so that a late or repeated upload never
  /// replaces what somebody has been told of; gives back its key.
  String putBeneath(String prefix, InputStream plaintext) {
    String key = ids.next(prefix + "/");
    put(key, plaintext);
    return key;
  }

  void delete(String key) {
    store.delete(key);
  }

  Optional<Opened> get(String key) {
    return store.get(key).map(found -> open(key, found));
  }

  /// Closes what was found when it cannot be opened, or its connection would be held for ever.
  Opened open(String key, StoredObject found) {
    boolean isOpened = false;
    try {
      long size = plaintextSize(found.totalSize());
      InputStream clear =
          cipher(keyOf(found.metadata())).newDecryptingStream(found.content(), associated(key));
      isOpened = true;
      return new Opened(clear, size, size, Encoding.ofMetadata(found.metadata()));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("object " + key + " cannot be opened", e);
    } finally {
      if (!isOpened) {
        close(found);
      }
    }
  }

  private static void close(StoredObject found) {
    try {
      found.close();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("object that cannot be opened did not close");
    }
  }

  /// Of the object in the clear; there must be one.
  long size(String key) {
    return plaintextSize(store.stat(key).orElseThrow().size());
  }

  /// Bytes of the object from `offset` on, at most `length`; empty when there is no such object. An
  /// offset past its end gives nothing.
  Optional<Opened> get(String key, long offset, long length) {
    return store
        .stat(key)
        .map(facts -> openRange(key, facts.size(), facts.metadata(), offset, length));
  }

  private Opened openRange(
      String key, long sealedSize, Map<String, String> metadata, long offset, long length) {
    long total = plaintextSize(sealedSize);
    long size = Math.max(0, Math.min(length, total - offset));
    Encoding encoding = Encoding.ofMetadata(metadata);
    if (size == 0) {
      return new Opened(InputStream.nullInputStream(), 0, total, encoding);
    }
    try {
      SeekableByteChannel clear =
          cipher(keyOf(metadata))
              .newSeekableDecryptingChannel(
                  new ObjectChannel(store, key, sealedSize), associated(key));
      clear.position(offset);
      return new Opened(
          new LimitedStream(Channels.newInputStream(clear), size), size, total, encoding);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("object " + key + " cannot be opened", e);
    }
  }

  ObjectStore raw() {
    return store;
  }

  private byte[] keyOf(Map<String, String> metadata) {
    String wrapped = metadata.get(WRAPPED_KEY);
    if (wrapped == null) {
      throw new IllegalStateException("an object without a key is none of ours");
    }
    return keys.unwrap(wrapped);
  }

  private static AesGcmHkdfStreaming cipher(byte[] key) {
    try {
      return new AesGcmHkdfStreaming(key, "HmacSha256", KEY_BYTES, SEGMENT_BYTES, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the parameters are fixed", e);
    }
  }

  /// The size in the clear of what takes `sealed` bytes.
  static long plaintextSize(long sealed) {
    long segments = Math.ceilDiv(sealed, (long) SEGMENT_BYTES);
    return sealed - HEADER_BYTES - segments * TAG_BYTES;
  }

  private static byte[] associated(String key) {
    return key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
