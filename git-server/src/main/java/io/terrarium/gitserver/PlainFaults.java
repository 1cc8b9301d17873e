package io.terrarium.gitserver;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;

/// Says what is wrong as Gitea does: in `message`, below its API; else as a line of text, which Git
/// shows to its user.
final class PlainFaults implements Filter {
  private static final String API = "/api/";

  record Said(String message) {}

  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    try {
      return next.answer(call);
    } catch (Fault fault) {
      String message = fault.problems().getFirst().detail();
      return call.path().startsWith(API)
          ? Reply.json(fault.status(), new Said(message))
          : Reply.text(fault.status(), message + "\n");
    }
  }
}
