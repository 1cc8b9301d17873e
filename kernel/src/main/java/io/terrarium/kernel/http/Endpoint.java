package io.terrarium.kernel.http;

/// Answers one route. It may block: each call has a virtual thread of its own.
@FunctionalInterface
public interface Endpoint {
  Reply answer(Call call) throws Exception;
}
