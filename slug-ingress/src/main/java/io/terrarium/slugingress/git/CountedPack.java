package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// A pack on its way to JGit, which makes room for as many objects as the pack's head announces
/// before it has seen one of them.
final class CountedPack extends FilterInputStream {
  private static final int HEAD_BYTES = 12;
  private static final int COUNT_AT = 8;

  private final long objectsMax;
  private final Allowance allowance;
  private final byte[] head = new byte[HEAD_BYTES];
  private int seen;

  CountedPack(InputStream pack, long objectsMax, Allowance allowance) {
    super(pack);
    this.objectsMax = objectsMax;
    this.allowance = allowance;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = in.read(into, offset, length);
    int more = Math.min(Math.max(count, 0), HEAD_BYTES - seen);
    if (more > 0) {
      System.arraycopy(into, offset, head, seen, more);
      seen += more;
      judge();
    }
    return count;
  }

  private void judge() {
    if (seen < HEAD_BYTES) {
      return;
    }
    long objects = Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(COUNT_AT));
    if (objects > objectsMax) {
      throw allowance.end(
          new IngressFault(
              Reason.TOO_MANY_FILES,
              "The repository's commit has " + objects + " objects; too many to be fetched."));
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
