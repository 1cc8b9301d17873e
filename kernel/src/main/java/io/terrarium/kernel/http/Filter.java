package io.terrarium.kernel.http;

/// Stands before endpoints: may refuse by a fault, add to the call, or change the reply.
@FunctionalInterface
public interface Filter {
  Reply answer(Call call, Endpoint next) throws Exception;
}
