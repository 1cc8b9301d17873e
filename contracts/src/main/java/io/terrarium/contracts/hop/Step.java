package io.terrarium.contracts.hop;

/// The documents' steps in their order ("Architecture Summary"): the eight of a plan or an apply
/// (Terraform Plan and Apply), the four by which a commit becomes a slug (Module Ingress, Webhook
/// Receipt), and 0 for hops that are ours beside them.
public final class Step {
  public static final int OURS = 0;

  /// atlas leaves a job in Redis.
  public static final int JOB_ENQUEUED = 1;

  /// sidekiq passes the details to build-manager.
  public static final int PASSED_TO_BUILD_MANAGER = 2;

  /// build-manager enqueues in RabbitMQ.
  public static final int BUILD_ENQUEUED = 3;

  /// build-worker passes the results to archivist.
  public static final int RESULTS_TO_ARCHIVIST = 4;

  /// archivist persists them and answers with the object.
  public static final int RESULTS_PERSISTED = 5;

  /// build-worker passes the outcome back to build-manager.
  public static final int OUTCOME_TO_BUILD_MANAGER = 6;

  /// build-manager posts it to the internal webhook.
  public static final int INTERNAL_WEBHOOK = 7;

  /// The router forwards it to atlas.
  public static final int FORWARDED_TO_ATLAS = 8;

  /// atlas leaves a job in Redis, for a commit to be fetched.
  public static final int INGRESS_JOB_ENQUEUED = 1;

  /// sidekiq passes the details to slug-ingress.
  public static final int PASSED_TO_SLUG_INGRESS = 2;

  /// slug-ingress posts the repository to archivist.
  public static final int SLUG_TO_ARCHIVIST = 3;

  /// archivist persists it and posts the object's id to atlas.
  public static final int OBJECT_TO_ATLAS = 4;

  private Step() {}
}
