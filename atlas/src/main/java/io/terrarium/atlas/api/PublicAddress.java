package io.terrarium.atlas.api;

import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;
import java.net.URI;

/// The address under which clients reach the mesh. The terraform of a run comes over the router's
/// internal listener, which may be the only one that it can reach and trusts without our CA, so
/// there the addresses that it is given lead to the same.
///
/// Whoever claims to have come so is given addresses that are of no use to them.
public final class PublicAddress implements Filter {
  private static final ScopedValue<URI> REACHED = ScopedValue.newInstance();

  private final URI base;
  private final URI internal;

  /// @param internal the router's internal listener
  public PublicAddress(URI base, URI internal) {
    this.base = base;
    this.internal = internal;
  }

  /// `path` as an absolute URL, for the call that is being answered.
  public String of(String path) {
    return (REACHED.isBound() ? REACHED.get() : base) + path;
  }

  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    boolean isInternal =
        call.header("X-Forwarded-Host").filter(internal.getRawAuthority()::equals).isPresent();
    return isInternal
        ? ScopedValue.where(REACHED, internal).call(() -> next.answer(call))
        : next.answer(call);
  }
}
