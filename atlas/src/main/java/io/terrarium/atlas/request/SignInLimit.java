package io.terrarium.atlas.request;

import io.terrarium.atlas.request.Buckets.Rate;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import java.util.Locale;

/// So many wrong guesses of a password a minute for each account, and for each address that they
/// come from; whether the account is there makes no difference.
public final class SignInLimit {
  private static final Rate OF_ACCOUNT = Rate.perMinute(10);
  private static final Rate OF_ADDRESS = Rate.perMinute(60);

  private final Buckets buckets;
  private final ClientAddress clients;

  public SignInLimit(Buckets buckets, ClientAddress clients) {
    this.buckets = buckets;
    this.clients = clients;
  }

  /// Counts a guess before it is looked at, so that many at once are no way around.
  ///
  /// @throws Fault.TooManyRequests once there were so many
  public void take(Call call, String login) {
    boolean isTaken =
        buckets.take(ofAddress(call), OF_ADDRESS).taken()
            && buckets.take(ofAccount(login), OF_ACCOUNT).taken();
    if (!isTaken) {
      throw new Fault.TooManyRequests();
    }
  }

  /// The guess was right.
  public void giveBack(Call call, String login) {
    buckets.giveBack(ofAddress(call));
    buckets.giveBack(ofAccount(login));
  }

  private String ofAddress(Call call) {
    return "sign-in:address:" + clients.of(call);
  }

  private static String ofAccount(String login) {
    return "sign-in:account:" + login.toLowerCase(Locale.ROOT);
  }
}
