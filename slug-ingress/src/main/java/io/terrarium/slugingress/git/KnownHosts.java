package io.terrarium.slugingress.git;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/// By which keys ssh hosts are known, as OpenSSH's `known_hosts` lists them. Where nobody has given
/// any, every host is believed to be itself.
public final class KnownHosts {
  public static final String VARIABLE = "TERRARIUM_SSH_KNOWN_HOSTS";

  private static final String REVOKED = "revoked";

  private final Optional<List<Known>> lines;

  /// @param isRevoked no host may show this key
  private record Known(KnownHostEntry hosts, PublicKey key, boolean isRevoked) {}

  private KnownHosts(Optional<List<Known>> lines) {
    this.lines = lines;
  }

  /// What `TERRARIUM_SSH_KNOWN_HOSTS` says, or the file that is named beside it.
  public static KnownHosts from(Env env) {
    Optional<String> text = env.findSecret(VARIABLE).map(Secret::value);
    try {
      return new KnownHosts(text.map(KnownHosts::parse));
    } catch (IllegalArgumentException e) {
      env.problem(VARIABLE + " has a line that is none of known_hosts: " + e.getMessage());
      return new KnownHosts(Optional.of(List.of()));
    }
  }

  private static List<Known> parse(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(KnownHosts::parseLine)
        .toList();
  }

  private static Known parseLine(String line) {
    try {
      KnownHostEntry entry = KnownHostEntry.parseKnownHostEntry(line);
      AuthorizedKeyEntry key = entry == null ? null : entry.getKeyEntry();
      PublicKey read =
          key == null ? null : key.resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
      if (entry == null || read == null) {
        throw new IllegalArgumentException(line);
      }
      return new Known(entry, read, REVOKED.equals(entry.getMarker()));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(line, e);
    }
  }

  /// Whether any host may show any key.
  boolean isAnybodyBelieved() {
    return lines.isEmpty();
  }

  /// The keys that `host` may show.
  List<PublicKey> of(String host, int port) {
    return lines.orElse(List.of()).stream()
        .filter(known -> !known.isRevoked && known.hosts.isHostMatch(host, port))
        .map(Known::key)
        .toList();
  }

  boolean accepts(String host, int port, PublicKey key) {
    return lines.isEmpty()
        || (of(host, port).stream().anyMatch(known -> KeyUtils.compareKeys(known, key))
            && !isRevoked(host, port, key));
  }

  private boolean isRevoked(String host, int port, PublicKey key) {
    return lines.orElse(List.of()).stream()
        .filter(Known::isRevoked)
        .filter(known -> known.hosts.isHostMatch(host, port))
        .anyMatch(known -> KeyUtils.compareKeys(known.key, key));
  }
}
