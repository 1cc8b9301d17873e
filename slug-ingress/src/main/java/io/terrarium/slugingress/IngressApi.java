package io.terrarium.slugingress;

import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.contracts.ingress.ChangesRequest;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.Ingested;
import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.contracts.ingress.IngressRequest;
import io.terrarium.contracts.ingress.RefsRequest;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.slugingress.git.FetchedCommit;
import io.terrarium.slugingress.git.GitHost;
import io.terrarium.slugingress.git.GitSource;
import io.terrarium.slugingress.git.WayOut;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import io.terrarium.slugingress.slug.SlugPacker;
import io.terrarium.slugingress.slug.Submodules;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What sidekiq-worker asks. A call that comes twice does the same twice: the slug has the same
/// bytes, and archivist and atlas take them again without harm.
final class IngressApi {
  private static final Logger log = LoggerFactory.getLogger(IngressApi.class);
  private static final String HOST = "git-host";
  private static final String RETRY_SECONDS = "10";

  private final WayOut out;
  private final ServiceClient archivist;
  private final Turns turns;
  private final HopReporter hops;
  private final Clock clock;

  IngressApi(WayOut out, ServiceClient archivist, Turns turns, HopReporter hops, Clock clock) {
    this.out = out;
    this.archivist = archivist;
    this.turns = turns;
    this.hops = hops;
    this.clock = clock;
  }

  Reply ingress(Call call) {
    IngressRequest request = call.json(IngressRequest.class);
    if (request.uploadPaths().isEmpty()
        || !request.uploadPaths().stream().allMatch(path -> path.startsWith(SignedPaths.PREFIX))) {
      throw new Fault.BadRequest("upload_paths must be signed paths at archivist, at least one.");
    }
    return answer(
        call,
        new Question(
            Step.PASSED_TO_SLUG_INGRESS,
            "pass the details",
            request.remote(),
            host ->
                new Shown.Ingress(
                    host,
                    request.revision(),
                    request.directory(),
                    request.submodules(),
                    request.uploadPaths().size())),
        (source, flow) ->
            turns.take(
                source.host(),
                (allowance, bench) -> ingest(request, source, flow, allowance, bench)));
  }

  Reply refs(Call call) {
    RefsRequest request = call.json(RefsRequest.class);
    return answer(
        call,
        new Question(Step.OURS, "list the refs", request.remote(), Shown.Refs::new),
        (source, flow) ->
            turns.take(
                source.host(), (allowance, bench) -> host(source, flow, allowance, bench).refs()));
  }

  Reply changes(Call call) {
    ChangesRequest request = call.json(ChangesRequest.class);
    return answer(
        call,
        new Question(
            Step.OURS,
            "compare commits",
            request.remote(),
            host -> new Shown.Changes(host, request.base(), request.head())),
        (source, flow) ->
            turns.take(
                source.host(),
                (allowance, bench) ->
                    host(source, flow, allowance, bench).changes(request.base(), request.head())));
  }

  /// What a call asks, as hops tell it.
  ///
  /// @param shown what is told, by the host that is asked about
  private record Question(int step, String name, GitRemote remote, Function<String, Shown> shown) {}

  /// What is done for a call, as part of its flow.
  @FunctionalInterface
  private interface Answer {
    Object to(GitSource source, Flow flow);
  }

  private Reply answer(Call call, Question question, Answer work) {
    Instant received = clock.instant();
    Flow flow = Flow.of(call::header, received);
    Optional<Shown> shown = Optional.empty();
    try {
      GitSource source = GitSource.of(question.remote());
      shown = Optional.of(question.shown().apply(source.host()));
      Object answer = work.to(source, flow);
      tell(arrival(flow, question, received, shown));
      return Reply.json(200, answer);
    } catch (IngressFault fault) {
      log.atInfo()
          .addKeyValue("reason", words(fault.reason()))
          .addKeyValue("error", fault.words())
          .log("the repository gives nothing");
      tell(arrival(flow, question, received, shown).endingWith(words(fault.reason())));
      return Reply.json(422, fault.failure());
    } catch (Fault.Unavailable fault) {
      call.answerWith("Retry-After", RETRY_SECONDS);
      throw fault;
    }
  }

  private Hop arrival(Flow flow, Question question, Instant received, Optional<Shown> shown) {
    Hop hop =
        flow.hop(
            question.step(),
            question.name(),
            SlugIngress.NAME,
            Medium.HTTP,
            received,
            clock.instant());
    return shown.map(hop::sending).orElse(hop);
  }

  private static String words(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void tell(Hop hop) {
    if (!hop.flow().isEmpty()) {
      hops.add(hop);
    }
  }

  private GitHost host(GitSource source, Flow flow, Allowance allowance, Path bench) {
    Map<String, String> headers =
        flow.id().isEmpty() ? Map.of() : flow.on(SlugIngress.NAME, clock.instant()).headers();
    return new GitHost(source, out.of(headers), allowance, bench);
  }

  private Ingested ingest(
      IngressRequest request, GitSource source, Flow flow, Allowance allowance, Path bench)
      throws IOException {
    Path slug = bench.resolve("slug.tar.gz");
    Submodules.Host modules =
        (from, revision) -> host(from, flow, allowance, bench).fetch(revision);
    try (FetchedCommit commit =
        fetched(
            source,
            flow,
            allowance,
            request.revision(),
            () -> modules.fetch(source, request.revision()))) {
      int files =
          SlugPacker.pack(
              commit,
              request.directory(),
              request.submodules() ? new Submodules(source, commit, modules) : Submodules.none(),
              allowance,
              slug);
      allowance.check();
      for (String path : request.uploadPaths()) {
        upload(slug, path, flow);
      }
      return new Ingested(Ingested.VERSION, commit.facts(), files, Files.size(slug));
    }
  }

  /// The hop to the host, which reports none itself.
  private FetchedCommit fetched(
      GitSource source,
      Flow flow,
      Allowance allowance,
      GitRevision revision,
      Supplier<FetchedCommit> fetch) {
    Instant begun = clock.instant();
    String outcome = "broke off";
    try {
      FetchedCommit commit = fetch.get();
      outcome = "ok";
      return commit;
    } catch (IngressFault fault) {
      outcome = words(fault.reason());
      throw fault;
    } finally {
      tell(
          flow.on(SlugIngress.NAME, begun)
              .hop(Step.OURS, "fetch the repository", HOST, Medium.HTTP, begun, clock.instant())
              .carrying(allowance.fetchedBytes())
              .telling(Map.of("host", source.host(), "scheme", source.scheme()))
              .sending(new Shown.Fetch(source.host(), source.scheme(), revision))
              .endingWith(outcome));
    }
  }

  /// The path is all that archivist asks for. It tells atlas, and answers once atlas has heard.
  private void upload(Path slug, String path, Flow flow) throws IOException {
    try {
      archivist.put(
          path,
          HttpRequest.BodyPublishers.ofFile(slug),
          flow.on(SlugIngress.NAME, clock.instant()).headers());
    } catch (ServiceFault fault) {
      if (fault.isPassing()) {
        throw new Fault.Unavailable("The slug could not be stored: " + fault.summary(), fault);
      }
      if (fault.status() == 413) {
        throw new IngressFault(
            Reason.TOO_LARGE, "The slug is larger than what may be stored.", fault);
      }
      throw new Fault.Conflict("Archivist does not take the slug: " + fault.detail());
    }
  }
}
