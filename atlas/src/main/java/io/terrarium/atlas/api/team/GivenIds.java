package io.terrarium.atlas.api.team;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import java.util.List;

/// What access of a team cannot be asked for without.
public final class GivenIds {
  private GivenIds() {}

  static String filter(Call call, String name) {
    return call.query(name)
        .filter(value -> !value.isBlank())
        .orElseThrow(() -> new Fault.BadRequest("Say whose access: " + name + " is missing."));
  }

  public static String relationship(Incoming incoming, String name) {
    return incoming
        .relationship(name)
        .orElseThrow(() ->
            new Fault.Invalid(
                List.of(
                    new Fault.Problem("Access needs a " + name, "/data/relationships/" + name))));
  }

  public static <E extends Enum<E>> E level(Incoming incoming, Class<E> type) {
    return incoming
        .choice("access", type)
        .given()
        .orElseThrow(() -> new Fault.Invalid("access", "Access cannot be empty"));
  }
}
