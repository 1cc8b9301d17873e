package io.terrarium.atlas.request;

import io.terrarium.atlas.request.Buckets.Rate;
import io.terrarium.contracts.id.NotificationConfigurationId;
import io.terrarium.core.settings.Settings;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;

/// So many verifications a minute for each notification configuration, since each of them knocks at
/// somebody else's door, be it to verify or to enable one. Saving one as enabled asks too and is
/// not counted, as in the documents. The limit is on where the rate limit of the site is.
public final class VerificationLimit {
  private static final Rate RATE = Rate.perMinute(10);

  private final Settings settings;
  private final Buckets buckets;

  public VerificationLimit(Settings settings, Buckets buckets) {
    this.settings = settings;
    this.buckets = buckets;
  }

  /// @throws Fault.TooManyRequests once there were so many; the answer says when to come back
  public void take(Call call, NotificationConfigurationId id) {
    if (!settings.current().apiRateLimitingEnabled()) {
      return;
    }
    Buckets.Level level = buckets.take("verification:" + id, RATE);
    if (!level.taken()) {
      RateLimit.tell(call, RATE.limit(), level);
      throw new Fault.TooManyRequests();
    }
  }
}
