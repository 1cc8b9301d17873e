package io.terrarium.kernel.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.terrarium.kernel.Fault;
import org.jspecify.annotations.Nullable;

/// One JSON:API error object.
@JsonInclude(JsonInclude.Include.NON_NULL)
record JsonError(String status, String title, String detail, @Nullable Source source) {
  record Source(String pointer) {}

  static JsonError of(int status, String title, Fault.Problem problem) {
    String pointer = problem.pointer();
    return new JsonError(
        Integer.toString(status),
        title,
        problem.detail(),
        pointer == null ? null : new Source(pointer));
  }
}
