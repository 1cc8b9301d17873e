package io.terrarium.core.notification;

import io.terrarium.kernel.jsonapi.Patch;
import java.util.List;

/// What a client wants set; what it left out stays.
public record NotificationChanges(
    Patch<String> name,
    Patch<String> destinationType,
    Patch<String> url,
    Patch<Boolean> enabled,
    Patch<String> token,
    Patch<List<String>> triggers) {
  @Override
  public String toString() {
    return "NotificationChanges[" + name + "]";
  }
}
