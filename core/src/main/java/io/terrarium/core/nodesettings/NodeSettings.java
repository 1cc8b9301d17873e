package io.terrarium.core.nodesettings;

import io.terrarium.core.nodesettings.NodeSettingsStore.Node;
import io.terrarium.kernel.Outage;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Aead;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.settings.SettingsFault;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps nodes apart whose common settings differ.
///
/// Each node leaves digests of its settings, and says every [#BEAT_SECONDS] that it is still there.
/// A node that starts compares its own with those of all that are, in one transaction that no other
/// node can interleave with, so of two that start at once the second is refused. A node that was
/// killed is forgotten after [#SILENCE_SECONDS_MAX]: then all may come back with other settings.
///
/// The digests are keyed by the encryption password, by a derivation that is as slow as that of the
/// vault's seal: who reads the database learns nothing, and has no faster way to guess it.
public final class NodeSettings implements AutoCloseable {
  static final int BEAT_SECONDS = 20;
  static final int SILENCE_SECONDS_MAX = 60;

  private static final Logger log = LoggerFactory.getLogger(NodeSettings.class);
  private static final int ITERATIONS = 210_000;
  private static final int SALT_BYTES = 16;

  private final Database database;
  private final NodeSettingsStore store = new NodeSettingsStore();
  private final ScheduledExecutorService beats =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("node-settings").factory());
  private final Digests digests;
  private final Node node;

  private NodeSettings(
      Database database, String name, Secret password, Map<String, Secret> settings) {
    this.database = database;
    digests = new Digests(password, settings);
    node =
        database.inTransaction(db -> {
          store.lock(db);
          List<Node> others = store.others(db, name, SILENCE_SECONDS_MAX);
          byte[] salt = others.isEmpty() ? Aead.random(SALT_BYTES) : others.getFirst().salt();
          List<String> problems = problems(others);
          if (!problems.isEmpty()) {
            throw new SettingsFault(problems);
          }
          Node joining = new Node(name, salt, digests.by(salt));
          store.put(db, joining);
          return joining;
        });
    ScheduledFuture<?> _ =
        beats.scheduleWithFixedDelay(this::beat, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  /// Joins the nodes on `database`.
  ///
  /// @param name of this node, the same at each of its starts
  /// @param password that encrypts the installation's data
  /// @param settings by the key that people know them by
  /// @throws SettingsFault with the keys that differ from another node's
  public static NodeSettings join(
      Database database, String name, Secret password, Map<String, Secret> settings) {
    return new NodeSettings(database, name, password, settings);
  }

  /// Compares by the salt of each: one that was silent for long has another than those that came
  /// meanwhile.
  private List<String> problems(List<Node> others) {
    Map<String, String> problems = new TreeMap<>();
    for (Node other : others) {
      Set<String> differing = differing(other);
      if (differing.size() > 1 && differing.equals(digests.settings().keySet())) {
        // What keys the digests makes all of them others.
        return List.of(
            "enc_password (TFE_ENCRYPTION_PASSWORD): is not the one of node "
                + other.name()
                + "; set the same on all nodes");
      }
      for (String key : differing) {
        problems.putIfAbsent(
            key,
            key
                + ": is not that of node "
                + other.name()
                + "; set the same on all nodes. To change it, stop all of them (one that was"
                + " killed is forgotten after a minute)");
      }
    }
    return List.copyOf(problems.values());
  }

  private Set<String> differing(Node other) {
    Set<String> differing = new TreeSet<>();
    digests
        .by(other.salt())
        .forEach((key, digest) -> {
          if (!isEqual(digest, other.digests().getOrDefault(key, ""))) {
            differing.add(key);
          }
        });
    return differing;
  }

  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(HexFormat.of().parseHex(one), HexFormat.of().parseHex(other));
  }

  /// What the settings of this node look like to others, by salt.
  private record Digests(
      Secret password, Map<String, Secret> settings, Map<String, Map<String, String>> known) {
    Digests(Secret password, Map<String, Secret> settings) {
      this(password, settings, new ConcurrentHashMap<>());
    }

    Map<String, String> by(byte[] salt) {
      return known.computeIfAbsent(HexFormat.of().formatHex(salt), _ -> made(salt));
    }

    private Map<String, String> made(byte[] salt) {
      Mac mac = derive(password, salt);
      Map<String, String> digests = new TreeMap<>();
      // With its key, so that two settings of one value do not show as such.
      settings.forEach((key, value) ->
          digests.put(key, HexFormat.of().formatHex(mac.sign(key + "=" + value.value()))));
      return digests;
    }
  }

  private static Mac derive(Secret password, byte[] salt) {
    try {
      PBEKeySpec spec =
          new PBEKeySpec(password.value().toCharArray(), salt, ITERATIONS, Aead.KEY_BYTES * 8);
      byte[] key =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
      return Mac.sha256(new Secret(HexFormat.of().formatHex(key)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
    }
  }

  /// A beat that fails is followed by another. One that comes after a long silence brings the node
  /// back, and tells a person when others have come with other settings meanwhile.
  private void beat() {
    try {
      database.useTransaction(db -> {
        if (!store.isThere(db, node.name(), SILENCE_SECONDS_MAX)) {
          store.lock(db);
          for (String problem : problems(store.others(db, node.name(), SILENCE_SECONDS_MAX))) {
            log.atError()
                .addKeyValue("node", node.name())
                .addKeyValue("problem", problem)
                .log("this node was away and its settings are not those of the others: stop it");
          }
        }
        store.put(db, node);
      });
    } catch (RuntimeException e) {
      log.atWarn()
          .addKeyValue("node", node.name())
          .addKeyValue("reason", e instanceof Outage outage ? outage.getMessage() : e.toString())
          .log("this node could not say that it is there");
    }
  }

  /// Leaves the others; a database that is away forgets this node by itself.
  @Override
  public void close() {
    beats.shutdownNow();
    database.useTransaction(db -> store.remove(db, node.name()));
  }
}
