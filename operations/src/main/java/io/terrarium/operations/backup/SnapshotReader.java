package io.terrarium.operations.backup;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.operations.backup.SnapshotRecord.Tally;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a snapshot, record by record. Whatever was changed or cut off in it is a fault, at the
/// latest where [SnapshotRecord.End] should be; nothing is handed out that was not authenticated.
final class SnapshotReader {
  private static final int PROOF_BYTES = 32;

  /// PostgreSQL has no row of more than a gigabyte.
  private static final int CHUNK_BYTES_MAX = 1 << 30;

  private final SnapshotHeader header;
  private final Source source;
  private final DataInputStream in;
  private long objects;
  private long absent;
  private long logs;
  private long tables;
  private @Nullable Exception failure;

  private SnapshotReader(SnapshotHeader header, Source source, InputStream clear) {
    this.header = header;
    this.source = source;
    this.in = new DataInputStream(clear);
  }

  /// Reads the header, without which nothing else can be.
  ///
  /// @throws Fault.BadRequest when this is no snapshot, or the password is wrong
  static SnapshotReader open(InputStream snapshot, Secret password) throws IOException {
    Source source = new Source(snapshot);
    SnapshotHeader header = SnapshotHeader.read(source);
    SnapshotKey key = SnapshotKey.of(password, header.salt(), header.iterations());
    byte[] bytes = header.bytes();
    if (!MessageDigest.isEqual(key.proofOf(bytes), source.readNBytes(PROOF_BYTES))) {
      throw new Fault.BadRequest(
          "The password is not the one of this snapshot, or the snapshot's beginning is damaged.");
    }
    try {
      return new SnapshotReader(header, source, key.cipher().newDecryptingStream(source, bytes));
    } catch (GeneralSecurityException e) {
      throw new IOException("the snapshot cannot be decrypted", e);
    }
  }

  SnapshotHeader header() {
    return header;
  }

  /// The next record. What the one before it has begun must have been read to its end.
  SnapshotRecord next() throws IOException {
    return guarded(() -> {
      int kind = in.readUnsignedByte();
      return switch (kind) {
        case SnapshotWriter.OBJECT -> {
          objects++;
          yield new SnapshotRecord.StoredObject(in.readUTF(), in.readUTF());
        }
        case SnapshotWriter.ABSENT -> {
          absent++;
          yield new SnapshotRecord.Absent(in.readUTF());
        }
        case SnapshotWriter.LOG -> {
          logs++;
          yield new SnapshotRecord.Log(in.readUTF(), in.readInt());
        }
        case SnapshotWriter.TABLE -> {
          tables++;
          yield new SnapshotRecord.Table(in.readUTF(), texts());
        }
        case SnapshotWriter.SEQUENCE ->
            new SnapshotRecord.Sequence(
                in.readUTF(), in.readUTF(), in.readLong(), in.readBoolean());
        case SnapshotWriter.END -> end();
        default -> throw new IOException("no record begins with " + kind);
      };
    });
  }

  private List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      texts.add(in.readUTF());
    }
    return List.copyOf(texts);
  }

  /// The last record is only believed with the end of the encryption behind it.
  private SnapshotRecord.End end() throws IOException {
    Tally tally =
        new Tally(in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    boolean isAll =
        tally.objects() == objects
            && tally.absent() == absent
            && tally.logs() == logs
            && tally.tables() == tables;
    if (!isAll || in.read() >= 0) {
      throw new IOException("the last record does not fit");
    }
    return new SnapshotRecord.End(tally);
  }

  /// The next chunk of what the last record has begun; empty behind the last one.
  Optional<byte[]> chunk() throws IOException {
    return guarded(() -> {
      int length = in.readInt();
      if (length < 0 || length > CHUNK_BYTES_MAX) {
        throw new IOException("no chunk has " + length + " bytes");
      }
      if (length == 0) {
        return Optional.empty();
      }
      byte[] bytes = new byte[length];
      in.readFully(bytes);
      return Optional.of(bytes);
    });
  }

  /// Whether the log whose chunks have been read has ended.
  boolean hasEnded() throws IOException {
    return guarded(in::readBoolean);
  }

  /// The chunks of what the last record has begun, as one stream.
  InputStream content() {
    return new Content();
  }

  /// Throws again what reading has failed by: whoever reads [#content] for us may have wrapped it.
  void rethrowFailure() throws IOException {
    if (failure instanceof Fault fault) {
      throw fault;
    }
    if (failure instanceof IOException broken) {
      throw broken;
    }
  }

  @FunctionalInterface
  private interface Read<T> {
    T get() throws IOException;
  }

  /// A source that breaks off says so itself; else it is what came that is wrong.
  private <T> T guarded(Read<T> read) throws IOException {
    try {
      return read.get();
    } catch (Fault fault) {
      failure = fault;
      throw fault;
    } catch (IOException e) {
      if (source.hasBroken) {
        failure = e;
        throw e;
      }
      Fault.BadRequest damaged =
          new Fault.BadRequest(
              "The snapshot is damaged or cut off: it cannot be read to its end. Nothing of it is"
                  + " restored; take it again, or from another copy.");
      damaged.addSuppressed(e);
      failure = damaged;
      throw damaged;
    }
  }

  /// Remembers whether the stream itself has failed.
  private static final class Source extends FilterInputStream {
    private volatile boolean hasBroken;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      try {
        return in.read(target, offset, length);
      } catch (IOException e) {
        hasBroken = true;
        throw e;
      }
    }
  }

  private final class Content extends InputStream {
    private byte[] chunk = new byte[0];
    private int position;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (!ended && position == chunk.length) {
        Optional<byte[]> next = chunk();
        ended = next.isEmpty();
        chunk = next.orElseGet(() -> new byte[0]);
        position = 0;
      }
      if (ended) {
        return -1;
      }
      int count = Math.min(length, chunk.length - position);
      System.arraycopy(chunk, position, target, offset, count);
      position += count;
      return count;
    }
  }
}
