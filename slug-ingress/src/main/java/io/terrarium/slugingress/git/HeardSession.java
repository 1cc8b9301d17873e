package io.terrarium.slugingress.git;

import io.terrarium.slugingress.limit.Allowance;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.sshd.SshdSession;

/// An ssh session whose programs are listened to within an allowance.
final class HeardSession implements RemoteSession2 {
  private static final int COMPLAINTS_BYTES_MAX = 64 * 1024;

  private final SshdSession session;
  private final Allowance allowance;

  HeardSession(SshdSession session, Allowance allowance) {
    this.session = session;
    this.allowance = allowance;
  }

  @Override
  public Process exec(String command, int timeout) throws IOException {
    return new Heard(session.exec(command, timeout));
  }

  @Override
  public Process exec(String command, Map<String, String> environment, int timeout)
      throws IOException {
    return new Heard(session.exec(command, environment, timeout));
  }

  @Override
  public void disconnect() {
    session.disconnect();
  }

  private final class Heard extends Process {
    private final Process program;
    private final InputStream says;
    private final InputStream complains;

    Heard(Process program) {
      this.program = program;
      this.says = new HeardStream(program.getInputStream(), allowance);
      this.complains = new Beginning(program.getErrorStream());
    }

    @Override
    public OutputStream getOutputStream() {
      return program.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return says;
    }

    @Override
    public InputStream getErrorStream() {
      return complains;
    }

    @Override
    public int waitFor() throws InterruptedException {
      return program.waitFor();
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
      return program.waitFor(timeout, unit);
    }

    @Override
    public int exitValue() {
      return program.exitValue();
    }

    @Override
    public void destroy() {
      program.destroy();
    }
  }

  /// No more of a stream than is kept of it: JGit has all complaints in memory.
  private static final class Beginning extends FilterInputStream {
    private int left = COMPLAINTS_BYTES_MAX;

    Beginning(InputStream all) {
      super(all);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = in.read(into, offset, Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }
  }
}
