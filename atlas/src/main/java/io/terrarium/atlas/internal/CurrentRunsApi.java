package io.terrarium.atlas.internal;

import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.core.run.RunCounts;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Reply;

/// How many runs there are, for the metrics of operations.
public final class CurrentRunsApi {
  private final RunCounts counts;

  public CurrentRunsApi(RunCounts counts) {
    this.counts = counts;
  }

  public void mount(Api api) {
    api.get(InternalApi.CURRENT_RUNS, _ -> Reply.json(200, counts.current()));
  }
}
