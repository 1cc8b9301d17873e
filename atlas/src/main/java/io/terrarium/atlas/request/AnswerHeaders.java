package io.terrarium.atlas.request;

import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.Reply;

/// By what clients know a Terraform Enterprise and its abilities, on every answer.
///
/// The terraform command takes the digits of `X-TFE-Version` apart and fails on any other form.
public final class AnswerHeaders implements Filter {
  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    call.answerWith("TFP-API-Version", "2.6");
    call.answerWith("TFP-AppName", "Terraform Enterprise");
    call.answerWith("X-TFE-Version", "v202507-1");
    call.answerWith("X-TFE-Current-Version", "1.0.3");
    return next.answer(call);
  }
}
