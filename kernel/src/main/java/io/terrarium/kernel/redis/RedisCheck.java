package io.terrarium.kernel.redis;

import io.terrarium.kernel.net.HostPort;
import io.terrarium.kernel.net.Unanswered;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether the Redis of the settings can be used, and if not, which setting is to be mended.
public final class RedisCheck {
  private static final Pattern VERSION = Pattern.compile("redis_version:((\\d+)\\.(\\d+)\\S*)");
  private static final Pattern REFUSAL = Pattern.compile("WRONGPASS|NOAUTH|AUTH|invalid password");

  private static final Unanswered UNANSWERED =
      new Unanswered("TFE_REDIS_HOST", "Redis", "TFE_REDIS_USE_TLS");

  private RedisCheck() {}

  /// What is wrong, with the variable first; empty when all is well.
  public static Optional<String> problem(RedisConfig config) {
    try (Redis redis = Redis.open(config, "startup-check", Duration.ZERO)) {
      return version(redis.call(Command.of("INFO", "server")).text());
    } catch (RedisFault fault) {
      return Optional.of(told(config, fault));
    }
  }

  /// Commands of 6.2 are used: `BLMOVE`, and `CLIENT` with all that it has there.
  private static Optional<String> version(String info) {
    Matcher found = VERSION.matcher(info);
    if (!found.find()) {
      return Optional.of("TFE_REDIS_HOST is no Redis: it does not tell its version");
    }
    int major = Integer.parseInt(found.group(2));
    int minor = Integer.parseInt(found.group(3));
    return major > 6 || (major == 6 && minor >= 2)
        ? Optional.empty()
        : Optional.of(
            "TFE_REDIS_HOST is a Redis " + found.group(1) + "; version 6.2 or newer is needed");
  }

  private static String told(RedisConfig config, RedisFault fault) {
    String reason = reason(fault);
    if (reason.contains("NOPERM")) {
      return "TFE_REDIS_USER may not do what the mesh does; give it ~* &* +@all: " + reason;
    }
    if (REFUSAL.matcher(reason).find()) {
      return "TFE_REDIS_PASSWORD is not what Redis asks for; look at TFE_REDIS_USER and"
          + " TFE_REDIS_USE_AUTH as well: "
          + reason;
    }
    return UNANSWERED.told(new HostPort(config.host(), config.port()), config.tls(), reason);
  }

  /// The innermost cause says most.
  private static String reason(Throwable fault) {
    String reason = String.valueOf(fault.getMessage());
    for (Throwable cause = fault.getCause(); cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        reason = cause.getMessage();
      }
    }
    return reason;
  }
}
