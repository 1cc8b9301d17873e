package io.terrarium.atlas.api.admin;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.net.Subnet;
import io.terrarium.kernel.settings.Env;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Who may fetch the initial admin creation token (IACT), and for how long.
///
/// @param subnets that may fetch it beside the machine itself
/// @param timeLimit from the start of the process; empty for no limit
/// @param trustedProxies whose `X-Forwarded-For` is believed beside loopback's
public record InitialAdminConfig(
    Secret token, List<Subnet> subnets, Optional<Duration> timeLimit, List<Subnet> trustedProxies) {
  private static final String TIME_LIMIT = "TFE_IACT_TIME_LIMIT";
  private static final String UNLIMITED = "unlimited";

  public static InitialAdminConfig from(Env env) {
    return new InitialAdminConfig(
        env.secret("TFE_IACT_TOKEN"),
        subnets(env, "TFE_IACT_SUBNETS"),
        timeLimit(env),
        subnets(env, "TFE_IACT_TRUSTED_PROXIES"));
  }

  private static List<Subnet> subnets(Env env, String name) {
    List<Subnet> subnets = new ArrayList<>();
    for (String text : env.text(name, "").split(",", -1)) {
      if (!text.isBlank()) {
        Subnet.parse(text.strip())
            .ifPresentOrElse(
                subnets::add,
                () ->
                    env.problem(
                        name + ": \"" + text.strip() + "\" is no subnet such as 10.0.0.0/8"));
      }
    }
    return List.copyOf(subnets);
  }

  private static Optional<Duration> timeLimit(Env env) {
    String text = env.text(TIME_LIMIT, "60");
    if (text.equals(UNLIMITED)) {
      return Optional.empty();
    }
    if (text.matches("\\d{1,6}")) {
      return Optional.of(Duration.ofMinutes(Integer.parseInt(text)));
    }
    env.problem(TIME_LIMIT + " must be a number of minutes or \"unlimited\"");
    return Optional.empty();
  }
}
