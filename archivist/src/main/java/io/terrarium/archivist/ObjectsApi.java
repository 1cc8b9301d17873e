package io.terrarium.archivist;

import io.terrarium.contracts.archivist.LogPosition;
import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.archivist.StoredObject;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.HopReporter;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.contracts.hop.Shown;
import io.terrarium.contracts.hop.Step;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Objects and logs by signed path. What the path says is all that counts: there is no other way
/// in.
final class ObjectsApi {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d{1,18})-(\\d{0,18})");
  private static final String OCTETS = "application/octet-stream";

  private final SignedPaths paths;
  private final SealedStore store;
  private final Logs logs;
  private final Topics growth;
  private final Callbacks callbacks;
  private final HopReporter hops;
  private final Clock clock;

  /// @param growth wakes those who follow a log, by its name
  ObjectsApi(
      SignedPaths paths,
      SealedStore store,
      Logs logs,
      Topics growth,
      Callbacks callbacks,
      HopReporter hops,
      Clock clock) {
    this.paths = paths;
    this.store = store;
    this.logs = logs;
    this.growth = growth;
    this.callbacks = callbacks;
    this.hops = hops;
    this.clock = clock;
  }

  void mount(Api api) {
    String path = SignedPaths.PREFIX + ":token";
    api.put(path, this::write);
    api.post(path, this::append);
    api.get(path, this::read);
    api.delete(path, this::delete);
  }

  private Reply write(Call call) throws IOException {
    Instant received = clock.instant();
    ObjectClaims claims = claims(call, Action.WRITE);
    Flow flow = flow(call, claims, received);
    MeasuredStream body = body(call, claims);
    Instant storing = clock.instant();
    ObjectClaims.Callback callback = claims.callback();
    String key;
    if (callback == null) {
      key = claims.key();
      store.put(key, body, Encoding.ofHeader(call.header(Encoding.HEADER)));
    } else {
      // What clients send is never inflated here: nobody has said how large it may become.
      key = store.putBeneath(claims.key(), body);
    }
    Instant stored = clock.instant();
    String sha256 = body.sha256();
    report(flow, new Shown.Upload(kind(claims), body.bytes(), sha256), received, storing, stored);
    if (callback == null) {
      return Reply.json(200, new StoredObject(key, body.bytes(), sha256));
    }
    ObjectStored word =
        new ObjectStored(
            ObjectStored.VERSION,
            callback.type(),
            callback.id(),
            key,
            body.bytes(),
            sha256,
            body.md5(),
            claims.attempt());
    return tell(word, flow.on(Archivist.NAME, clock.instant()));
  }

  /// What is not there any more is as good as deleted.
  private Reply delete(Call call) {
    ObjectClaims claims = claims(call);
    switch (claims.action()) {
      case DELETE -> store.delete(claims.key());
      case DELETE_LOG -> logs.delete(claims.key());
      case READ, WRITE, READ_LOG, APPEND_LOG ->
          throw new Fault.Forbidden("This address is not for that.");
    }
    return Reply.noContent();
  }

  private Reply tell(ObjectStored word, Flow flow) {
    return switch (callbacks.tell(word, flow)) {
      case Callbacks.Answer.Taken() -> Reply.of(200);
      case Callbacks.Answer.Refused(String detail, boolean isUnknown) -> {
        if (isUnknown) {
          store.delete(word.objectId());
        }
        throw new Fault.Conflict(detail);
      }
    };
  }

  /// What an object is: as atlas calls it, else by its last name in the store.
  private static String kind(ObjectClaims claims) {
    ObjectClaims.Callback callback = claims.callback();
    return callback == null
        ? claims.key().substring(claims.key().lastIndexOf('/') + 1)
        : callback.type();
  }

  private void report(
      Flow flow, Shown.Upload upload, Instant received, Instant storing, Instant stored) {
    Hop arrival =
        switch (flow.from()) {
          case "build-worker" ->
              arrival(flow, Step.RESULTS_TO_ARCHIVIST, "pass the results", received, stored);
          case "slug-ingress" ->
              arrival(flow, Step.SLUG_TO_ARCHIVIST, "pass the slug", received, stored);
          default -> arrival(flow, Step.OURS, "upload", received, stored);
        };
    hops.add(arrival.carrying(upload.bytes()).sending(upload));
    Flow inside = flow.on(Archivist.NAME, storing);
    hops.add(
        inside
            .hop(Step.OURS, "encrypt and persist", "s3", Medium.S3, storing, stored)
            .carrying(upload.bytes())
            .sending(new Shown.Sealed(upload.kind(), upload.bytes(), upload.sha256())));
  }

  private static Hop arrival(Flow flow, int step, String name, Instant received, Instant stored) {
    return flow.hop(step, name, Archivist.NAME, Medium.HTTP, received, stored);
  }

  private Reply read(Call call) throws IOException {
    ObjectClaims claims = claims(call);
    return switch (claims.action()) {
      case READ -> readObject(call, claims.key());
      case READ_LOG -> readLog(call, claims.key());
      case WRITE, APPEND_LOG, DELETE, DELETE_LOG ->
          throw new Fault.Forbidden("This address is not for reading.");
    };
  }

  private Reply readObject(Call call, String key) throws IOException {
    String type = key.endsWith(".json") ? "application/json" : OCTETS;
    Optional<Matcher> range = call.header("Range").map(RANGE::matcher).filter(Matcher::matches);
    if (range.isPresent()) {
      Optional<Reply> part = readRange(range.get(), type, key);
      if (part.isPresent()) {
        return part.get();
      }
    }
    SealedStore.Opened opened = store.get(key).orElseThrow(Fault.NotFound::new);
    return switch (opened.encoding()) {
      case IDENTITY ->
          Reply.stream(200, type, opened.content(), opened.size()).with("Accept-Ranges", "bytes");
      case GZIP -> readCompressed(call, type, opened);
    };
  }

  /// As it is stored to who takes that, inflated on the way to others.
  private static Reply readCompressed(Call call, String type, SealedStore.Opened opened) {
    Reply reply =
        opened.encoding().isTaken(call.header("Accept-Encoding"))
            ? Reply.stream(200, type, opened.content(), opened.size()).with(Encoding.HEADER, "gzip")
            : Reply.stream(200, type, opened.encoding().decoded(opened.content()), -1);
    return reply.with("Vary", "Accept-Encoding");
  }

  /// Empty where what is stored is compressed: of that there is only the whole.
  private Optional<Reply> readRange(Matcher range, String type, String key) throws IOException {
    long from = Long.parseLong(range.group(1));
    long to = range.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(range.group(2));
    SealedStore.Opened opened =
        store.get(key, from, Math.max(0, to - from + 1)).orElseThrow(Fault.NotFound::new);
    if (opened.encoding() != Encoding.IDENTITY) {
      opened.content().close();
      return Optional.empty();
    }
    if (opened.size() == 0) {
      return Optional.of(Reply.of(416).with("Content-Range", "bytes */" + opened.totalSize()));
    }
    long last = from + opened.size() - 1;
    return Optional.of(
        Reply.stream(206, type, opened.content(), opened.size())
            .with("Content-Range", "bytes " + from + "-" + last + "/" + opened.totalSize()));
  }

  private Reply readLog(Call call, String log) {
    long offset = number(call, "offset").orElse(0);
    if (call.query("follow").filter("1"::equals).isPresent()) {
      return Reply.events(new LogFeed(logs, growth.watch(log), log, resumed(call).orElse(offset)));
    }
    if (call.query("raw").filter("1"::equals).isPresent()) {
      return Reply.stream(200, "text/plain; charset=utf-8", new RawLog(logs, log), -1)
          .with("Cache-Control", "no-store")
          .with("X-Content-Type-Options", "nosniff");
    }
    long limit = number(call, "limit").orElse(64 * 1024);
    byte[] slice = logs.read(log, offset, Math.min(limit, 8L << 20));
    return Reply.bytes("text/plain; charset=utf-8", slice).with("Cache-Control", "no-store");
  }

  /// Where a browser that lost its connection goes on.
  private static Optional<Long> resumed(Call call) {
    return call.header("Last-Event-ID").filter(id -> id.matches("\\d{1,18}")).map(Long::valueOf);
  }

  /// What is sent; nothing of it is read where it says itself that it is too large.
  private static MeasuredStream body(Call call, ObjectClaims claims) {
    // The server has seen to it that it is a number.
    if (call.header("Content-Length")
        .filter(text -> Long.parseLong(text) > claims.bytesMax())
        .isPresent()) {
      throw new Fault.TooLarge(claims.bytesMax());
    }
    return new MeasuredStream(call.bodyStream(), claims.bytesMax());
  }

  private Reply append(Call call) throws IOException {
    ObjectClaims claims = claims(call, Action.APPEND_LOG);
    byte[] bytes = body(call, claims).readAllBytes();
    boolean end = call.query("end").filter("1"::equals).isPresent();
    return switch (logs.append(
        claims.key(), claims.attempt(), number(call, "offset"), bytes, end)) {
      case Logs.Answer.Appended(long length, boolean ended) ->
          Reply.json(200, new LogPosition(length, ended));
      case Logs.Answer.Gap(long length) -> Reply.json(409, new LogPosition(length, false));
      case Logs.Answer.Stale(long length) ->
          Reply.json(409, new LogPosition(length, false))
              .with("X-Terrarium-Reason", "stale-attempt");
    };
  }

  private ObjectClaims claims(Call call, Action action) {
    ObjectClaims claims = claims(call);
    if (claims.action() != action) {
      throw new Fault.Forbidden("This address is not for that.");
    }
    return claims;
  }

  private ObjectClaims claims(Call call) {
    ObjectClaims claims = paths.read(call.path("token")).orElseThrow(Fault.NotFound::new);
    if (clock.instant().getEpochSecond() > claims.expires()) {
      throw new Fault.Forbidden("This address has expired; ask the API for a new one.");
    }
    return claims;
  }

  private static Flow flow(Call call, ObjectClaims claims, Instant received) {
    Flow flow = Flow.of(call::header, received);
    ObjectClaims.Callback callback = claims.callback();
    return flow.id().isEmpty() && callback != null
        ? new Flow(callback.id(), "", "client", received, flow.traceparent())
        : flow;
  }

  private static OptionalLong number(Call call, String name) {
    Optional<String> text = call.query(name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.get().matches("\\d{1,18}")) {
      throw new Fault.BadRequest(name + " must be a whole number.");
    }
    return OptionalLong.of(Long.parseLong(text.get()));
  }
}
