package io.terrarium.mesh;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import io.terrarium.contracts.id.UserId;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.account.Users;
import io.terrarium.core.passwordlink.PasswordLink;
import io.terrarium.core.passwordlink.PasswordLinks;
import io.terrarium.core.session.Sessions;
import io.terrarium.core.token.Authentication;
import io.terrarium.core.token.TokenDigest;
import io.terrarium.core.token.Tokens;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.sidekiq.SidekiqClient;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The servers behind a running mesh, for what neither its pages nor its API can make.
final class Backstage implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Clock CLOCK = Clock.systemUTC();
  private static final UserPrincipal SITE_ADMIN =
      new UserPrincipal(0, new UserId("user-site"), "site", true);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Database database;
  private final Redis redis;
  private final PasswordLinks links;

  /// @param data directory of the mesh
  Backstage(Path data) {
    Env env = environment(data);
    database = Database.open(DatabaseConfig.from(env, 1), "backstage", "atlas", List.of());
    redis = Redis.open(RedisConfig.from(env), "backstage", LIMIT);
    // Nobody here is given a token, so that any root secret will do.
    Secret root = new Secret("none of the site's");
    TokenDigest digest = TokenDigest.of(root);
    Authentication authentication = new Authentication(database, digest, CLOCK);
    Tokens tokens = new Tokens(database, digest, authentication, Ids.random(), CLOCK);
    links =
        new PasswordLinks(
            database,
            new Users(database, tokens, authentication, Ids.random(), CLOCK),
            new Sessions(database, root, CLOCK),
            root,
            CLOCK);
  }

  private static Env environment(Path data) {
    try {
      return Env.of(
          JSON.readValue(
              data.resolve("environment.json").toFile(),
              new TypeReference<Map<String, String>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes an account with [Site#PASSWORD]; its id.
  String person(String name) {
    Secret password = new Secret(Site.PASSWORD);
    PasswordLink link = links.invite(SITE_ADMIN, name, name + "@example.com");
    return links.use(link.secret(), password, password).orElseThrow().id().value();
  }

  /// Leaves a job that nobody knows how to do, which is dead once it was tried.
  void hopelessJob(String type) {
    String id = Ids.random().next("jid");
    SidekiqJob job = SidekiqJob.of(type, "default", id, List.of(), CLOCK.instant());
    new SidekiqClient(redis, CLOCK)
        .push(
            new SidekiqJob(
                job.className(),
                job.args(),
                job.jid(),
                job.queue(),
                IntNode.valueOf(0),
                job.createdAt(),
                job.extra()));
  }

  @Override
  public void close() {
    redis.close();
    database.close();
  }
}
