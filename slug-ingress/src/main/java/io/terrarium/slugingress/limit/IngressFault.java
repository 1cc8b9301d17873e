package io.terrarium.slugingress.limit;

import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressFailure.Reason;

/// What is wrong with a repository, in words for the people who gave its address.
public final class IngressFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;
  private final String words;

  public IngressFault(Reason reason, String message) {
    super(message);
    this.reason = reason;
    this.words = message;
  }

  public IngressFault(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.words = message;
  }

  public Reason reason() {
    return reason;
  }

  public String words() {
    return words;
  }

  /// As the caller is told of it.
  public IngressFailure failure() {
    return new IngressFailure(IngressFailure.VERSION, reason, words);
  }
}
