package io.terrarium.atlas.request;

import io.terrarium.atlas.request.Buckets.Rate;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.core.settings.Settings;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;
import java.util.List;
import java.util.Locale;

/// So many requests a second for each user, whatever the token; for each address where nobody is
/// known. The builds that the site itself runs are not held back.
public final class RateLimit implements Filter {
  private final Settings settings;
  private final Buckets buckets;
  private final ClientAddress clients;

  public RateLimit(Settings settings, Buckets buckets, ClientAddress clients) {
    this.settings = settings;
    this.buckets = buckets;
    this.clients = clients;
  }

  /// The documented body, whose status is a number here and nowhere else.
  record LimitDocument(List<LimitError> errors) {
    static final LimitDocument EXCEEDED =
        new LimitDocument(
            List.of(
                new LimitError(
                    "You have exceeded the API's rate limit.", 429, "Too many requests")));
  }

  record LimitError(String detail, int status, String title) {}

  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    GeneralSettings current = settings.current();
    if (!current.apiRateLimitingEnabled()
        || call.find(Principal.class).orElse(null) instanceof RunPrincipal) {
      return next.answer(call);
    }
    Buckets.Level level = buckets.take(bucket(call), Rate.perSecond(current.apiRateLimit()));
    tell(call, current.apiRateLimit(), level);
    return level.taken() ? next.answer(call) : Reply.document(429, LimitDocument.EXCEEDED);
  }

  static void tell(Call call, int limit, Buckets.Level level) {
    call.answerWith("X-RateLimit-Limit", Integer.toString(limit));
    call.answerWith("X-RateLimit-Remaining", Integer.toString(level.remaining()));
    call.answerWith(
        "X-RateLimit-Reset", String.format(Locale.ROOT, "%.3f", level.resetMillis() / 1000.0));
  }

  private String bucket(Call call) {
    Principal principal = call.find(Principal.class).orElse(null);
    return switch (principal) {
      case null -> "address:" + clients.of(call);
      case UserPrincipal user -> "user:" + user.userKey();
      case OrganizationPrincipal organization -> "organization:" + organization.organizationKey();
      case TeamPrincipal team -> "team:" + team.teamKey();
      case RunPrincipal run -> "run:" + run.runKey();
    };
  }
}
