package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.util.List;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshConfigStore;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.ProxyData;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.eclipse.jgit.transport.sshd.SshdSession;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.agent.ConnectorFactory;
import org.eclipse.jgit.util.FS;
import org.jspecify.annotations.Nullable;

/// JGit's ssh connections of one fetch, each through a tunnel of the outbound proxy. It shows the
/// key that it was given and no other, reads no configuration and asks no agent.
final class ProxiedSsh extends SshSessionFactory implements AutoCloseable {
  private final Sessions sessions;
  private final Allowance allowance;

  ProxiedSsh(GitSource source, WayOut out, Allowance allowance, File nothingThere) {
    this.sessions = new Sessions(source, out, allowance);
    this.allowance = allowance;
    sessions.setHomeDirectory(nothingThere);
    sessions.setSshDirectory(nothingThere);
  }

  @Override
  public RemoteSession getSession(
      URIish uri, @Nullable CredentialsProvider nobody, @Nullable FS fs, int timeout)
      throws TransportException {
    allowance.listen();
    SshdSession session = sessions.getSession(uri, nobody, fs, timeout);
    allowance.whenOver(session::disconnect);
    return new HeardSession(session, allowance);
  }

  @Override
  public String getType() {
    return sessions.getType();
  }

  @Override
  public void close() {
    sessions.close();
  }

  /// What JGit makes its sessions with.
  private static final class Sessions extends SshdSessionFactory {
    private final GitAddress address;
    private final List<KeyPair> keys;
    private final WayOut out;
    private final Allowance allowance;

    Sessions(GitSource source, WayOut out, Allowance allowance) {
      super(null, _ -> new ProxyData(new Proxy(Proxy.Type.HTTP, resolved(out))));
      this.address = source.address();
      this.keys = source.privateKey().map(Sessions::read).orElse(List.of());
      this.out = out;
      this.allowance = allowance;
    }

    private static InetSocketAddress resolved(WayOut out) {
      InetSocketAddress proxy = out.proxyAddress();
      return new InetSocketAddress(proxy.getHostString(), proxy.getPort());
    }

    private static List<KeyPair> read(String key) {
      try (ByteArrayInputStream text =
          new ByteArrayInputStream(key.getBytes(StandardCharsets.UTF_8))) {
        List<KeyPair> keys = new java.util.ArrayList<>();
        Iterable<KeyPair> read =
            SecurityUtils.loadKeyPairIdentities(
                null, NamedResource.ofName("private key"), text, FilePasswordProvider.EMPTY);
        if (read != null) {
          read.forEach(keys::add);
        }
        if (!keys.isEmpty()) {
          return keys;
        }
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        throw unreadable(e);
      }
      throw unreadable(null);
    }

    /// The cause is not told on: it may hold a part of the key.
    private static IngressFault unreadable(@Nullable Exception e) {
      String kind = e == null ? "it is empty" : e.getClass().getSimpleName();
      return new IngressFault(
          Reason.AUTHENTICATION_FAILED,
          "The private key cannot be read ("
              + kind
              + "): it must be in PEM or OpenSSH's form, without a passphrase.");
    }

    @Override
    protected @Nullable File getSshConfig(File sshDirectory) {
      return null;
    }

    @Override
    protected @Nullable SshConfigStore createSshConfigStore(
        File home, @Nullable File configuration, String localUser) {
      return null;
    }

    @Override
    protected @Nullable ConnectorFactory getConnectorFactory() {
      return null;
    }

    @Override
    protected Iterable<KeyPair> getDefaultKeys(File sshDirectory) {
      return keys;
    }

    @Override
    protected String getDefaultPreferredAuthentications() {
      return "publickey";
    }

    @Override
    protected ServerKeyDatabase createServerKeyDatabase(File home, File sshDirectory) {
      return new HostKeys();
    }

    /// What the host shows of itself, held against what is known of it.
    private final class HostKeys implements ServerKeyDatabase {
      @Override
      public List<PublicKey> lookup(
          String connectAddress, InetSocketAddress remote, Configuration configuration) {
        return out.knownHosts().of(address.plainHost(), address.actualPort());
      }

      @Override
      public boolean accept(
          String connectAddress,
          InetSocketAddress remote,
          PublicKey key,
          Configuration configuration,
          @Nullable CredentialsProvider nobody) {
        if (out.knownHosts().accepts(address.plainHost(), address.actualPort(), key)) {
          return true;
        }
        allowance.end(
            new IngressFault(
                Reason.HOST_UNREACHABLE,
                "The key that "
                    + address.host()
                    + " shows over ssh is none that "
                    + KnownHosts.VARIABLE
                    + " lists for it."));
        return false;
      }
    }
  }
}
