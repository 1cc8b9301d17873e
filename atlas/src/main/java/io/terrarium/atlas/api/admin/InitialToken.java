package io.terrarium.atlas.api.admin;

import io.terrarium.atlas.request.ClientAddress;
import io.terrarium.core.account.Users;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.net.Subnet;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/// The initial admin creation token (IACT), and who is told it: who asks from the machine itself,
/// or for a while after the start from the networks that are configured, and nobody once there is
/// an account.
public final class InitialToken {
  private final Users users;
  private final InitialAdminConfig config;
  private final ClientAddress clients;
  private final Clock clock;
  private final Instant startedAt;

  public InitialToken(Users users, InitialAdminConfig config, ClientAddress clients, Clock clock) {
    this.users = users;
    this.config = config;
    this.clients = clients;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /// Empty for who is not told.
  public Optional<Secret> retrieve(Call call) {
    return mayRetrieve(clients.of(call)) && users.isEmpty()
        ? Optional.of(config.token())
        : Optional.empty();
  }

  public boolean isIt(String sent) {
    return Tokens.same(sent, config.token().value());
  }

  private boolean mayRetrieve(String address) {
    if (Subnet.isLoopback(address)) {
      return true;
    }
    boolean inTime =
        config
            .timeLimit()
            .map(limit -> clock.instant().isBefore(startedAt.plus(limit)))
            .orElse(true);
    return inTime && config.subnets().stream().anyMatch(subnet -> subnet.contains(address));
  }
}
