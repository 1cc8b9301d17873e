package io.terrarium.contracts.hop;

/// The documents' eight steps of a plan or an apply, in their order ("Architecture Summary",
/// Terraform Plan and Apply), and 0 for hops that are ours beside them.
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

  /// Module ingress and webhook receipt: atlas leaves a job in Redis.
  public static final int INGRESS_JOB_ENQUEUED = 1;

  /// sidekiq passes the details to slug-ingress.
  public static final int PASSED_TO_SLUG_INGRESS = 2;

  /// slug-ingress posts the repository to archivist.
  public static final int SLUG_TO_ARCHIVIST = 3;

  /// archivist persists it and posts the object's id to atlas.
  public static final int OBJECT_TO_ATLAS = 4;

  private Step() {}
}
