package io.terrarium.atlas.api.retention;

import io.terrarium.contracts.id.ApplyId;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.PlanId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.retention.BackingData;
import io.terrarium.core.retention.BackingData.Holder;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Deletes the files of states, configurations, plans and applies, and brings them back while that
/// can be.
public final class BackingDataApi {
  private final BackingData data;

  public BackingDataApi(BackingData data) {
    this.data = data;
  }

  public void mount(Api api) {
    Kind state = new Kind("/api/v2/state-versions/:id", '_', 202);
    Kind configuration = new Kind("/api/v2/configuration-versions/:id", '_', 202);
    Kind plan = new Kind("/api/v2/plans/:id", '-', 204);
    Kind apply = new Kind("/api/v2/applies/:id", '-', 204);
    mount(api, state, call -> new Holder.OfState(call.path("id", StateVersionId::new)));
    mount(
        api,
        configuration,
        call -> new Holder.OfConfiguration(call.path("id", ConfigurationVersionId::new)));
    api.post(configuration.path() + "/actions/archive", this::archive);
    mount(api, plan, call -> new Holder.OfPlan(call.path("id", PlanId::new)));
    mount(api, apply, call -> new Holder.OfApply(call.path("id", ApplyId::new)));
  }

  /// How the documents write the actions of one kind of holder.
  ///
  /// @param joint between the words of an action
  /// @param status of the answer
  private record Kind(String path, char joint, int status) {}

  private void mount(Api api, Kind kind, Function<Call, Holder> holder) {
    action(api, kind, "soft_delete_backing_data", holder, data::softDelete);
    action(api, kind, "restore_backing_data", holder, data::restore);
    action(api, kind, "permanently_delete_backing_data", holder, data::delete);
  }

  private Reply archive(Call call) {
    data.archive(call.get(Principal.class), call.path("id", ConfigurationVersionId::new));
    return Reply.of(202);
  }

  private static void action(
      Api api,
      Kind kind,
      String name,
      Function<Call, Holder> holder,
      BiConsumer<Principal, Holder> action) {
    api.post(
        kind.path() + "/actions/" + name.replace('_', kind.joint()),
        call -> {
          action.accept(call.get(Principal.class), holder.apply(call));
          return Reply.of(kind.status());
        });
  }
}
