package io.terrarium.atlas.api.retention;

import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.retention.BackingData;
import io.terrarium.core.retention.BackingData.Holder;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.function.BiConsumer;
import java.util.function.Function;

/// Deletes the files of states and configurations, and brings them back while that can be.
public final class BackingDataApi {
  private final BackingData data;

  public BackingDataApi(BackingData data) {
    this.data = data;
  }

  public void mount(Api api) {
    mount(
        api,
        "/api/v2/state-versions/:id",
        call -> new Holder.OfState(call.path("id", StateVersionId::new)));
    mount(
        api,
        "/api/v2/configuration-versions/:id",
        call -> new Holder.OfConfiguration(call.path("id", ConfigurationVersionId::new)));
  }

  private void mount(Api api, String path, Function<Call, Holder> holder) {
    action(api, path + "/actions/soft_delete_backing_data", holder, data::softDelete);
    action(api, path + "/actions/restore_backing_data", holder, data::restore);
    action(api, path + "/actions/permanently_delete_backing_data", holder, data::delete);
  }

  private static void action(
      Api api, String path, Function<Call, Holder> holder, BiConsumer<Principal, Holder> action) {
    api.post(
        path,
        call -> {
          action.accept(call.get(Principal.class), holder.apply(call));
          return Reply.of(202);
        });
  }
}
