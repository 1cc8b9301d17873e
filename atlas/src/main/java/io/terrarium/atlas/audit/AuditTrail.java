package io.terrarium.atlas.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.atlas.request.ClientAddress;
import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.core.access.Principal;
import io.terrarium.core.audit.AuditSubject;
import io.terrarium.core.audit.AuditSubjects;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Filter;
import io.terrarium.kernel.http.MountedRoute;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.log.LogScope;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a line for each change that was made: after it is committed, and never for one that was
/// refused or has failed. An atlas that dies between the two leaves a change without its line; the
/// router's line of the same request is then all that there is.
public final class AuditTrail implements Filter {
  /// What the line begins with, as Terraform Enterprise marks it among all others.
  static final String MARKER = "[Audit Log] ";

  private static final Logger log = LoggerFactory.getLogger("io.terrarium.audit");
  private static final Set<String> CHANGES = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final AuditSubjects subjects;
  private final ClientAddress clients;
  private final Clock clock;

  public AuditTrail(AuditSubjects subjects, ClientAddress clients, Clock clock) {
    this.subjects = subjects;
    this.clients = clients;
    this.clock = clock;
  }

  /// Who has done it, where an endpoint knows that and no token does.
  public record Actor(String name) {}

  /// What an endpoint has made, where its answer is no document that says so.
  public record Made(String id) {}

  /// The JSON after the marker, in the product's order.
  record Line(
      String resource,
      String action,
      @Nullable String resourceId,
      @Nullable String organization,
      @Nullable String organizationId,
      String actor,
      Instant timestamp,
      String actorIp) {}

  /// What the log calls that which a route does: its resource and its action.
  public static String words(MountedRoute route) {
    AuditedAction action = AuditedAction.of(route.method(), route.path());
    return action.resource() + " " + action.action();
  }

  @Override
  public Reply answer(Call call, Endpoint next) throws Exception {
    if (!CHANGES.contains(call.method())) {
      return next.answer(call);
    }
    AuditedAction action = AuditedAction.of(call.method(), call.route());
    // Asked before, since afterwards it may be gone.
    Optional<AuditSubject> named = action.makes() ? Optional.empty() : inPath(call);
    Reply reply = next.answer(call);
    if (isDone(reply)) {
      write(call, action, named.or(() -> afterwards(call, action, reply)));
    }
    return reply;
  }

  /// Pages send people on where a form was taken, and show it again where it was not.
  private static boolean isDone(Reply reply) {
    return reply.status() / 100 == 2 || reply.status() == 303;
  }

  private void write(Call call, AuditedAction action, Optional<AuditSubject> subject) {
    Optional<AuditSubject.Owner> owner = subject.flatMap(AuditSubject::owner);
    Line line =
        new Line(
            action.resource(),
            action.action(),
            subject.map(AuditSubject::id).orElse(null),
            owner.map(AuditSubject.Owner::name).orElse(null),
            owner.map(AuditSubject.Owner::id).orElse(null),
            actor(call),
            clock.instant(),
            clients.of(call));
    // A run that is just made is in no path yet.
    Map<String, String> run =
        subject
            .filter(_ -> action.resource().equals("run"))
            .map(made -> FlowLog.of(made.id(), ""))
            .orElse(Map.of());
    try (LogScope _ = LogScope.open(run)) {
      log.atInfo().log(MARKER + json(line));
    }
  }

  private static String actor(Call call) {
    return call.find(Principal.class)
        .map(Principal::username)
        .or(() -> call.find(Actor.class).map(Actor::name))
        .orElse("nobody");
  }

  /// What has been made, else what it was made for. The change is committed, so what cannot be
  /// found out any more must not fail it.
  private Optional<AuditSubject> afterwards(Call call, AuditedAction action, Reply reply) {
    Optional<String> id = call.find(Made.class).map(Made::id).or(() -> idIn(reply));
    try {
      return id.isPresent() ? id.map(made -> found(action, made)) : inPath(call);
    } catch (RuntimeException e) {
      log.atWarn().setCause(e).log("the organization of a change could not be found out");
      return id.map(made -> new AuditSubject(made, Optional.empty()));
    }
  }

  /// In the API an organization's id is its name.
  private AuditSubject found(AuditedAction action, String id) {
    return action.resource().equals("organization") ? subjects.organization(id) : subjects.byId(id);
  }

  private Optional<AuditSubject> inPath(Call call) {
    String route = call.route();
    int last = route.lastIndexOf("/:");
    if (last < 0) {
      return Optional.empty();
    }
    String parameter = route.substring(last + 2).split("/", 2)[0];
    String value = call.path(parameter);
    return Optional.of(
        switch (parameter) {
          case "organization", "organization_name" -> subjects.organization(value);
          case "workspace" -> subjects.workspace(call.path("organization"), value);
          case "workspace_name" -> subjects.workspace(call.path("organization_name"), value);
          default -> subjects.byId(value);
        });
  }

  private static Optional<String> idIn(Reply reply) {
    if (!(reply.body() instanceof Reply.Bytes(byte[] bytes)) || reply.status() == 303) {
      return Optional.empty();
    }
    try {
      JsonNode id = Json.KEBAB.readTree(bytes).path("data").path("id");
      return id.isTextual() ? Optional.of(id.textValue()) : Optional.empty();
    } catch (IOException e) {
      throw new IllegalStateException("our own answer is no JSON", e);
    }
  }

  private static String json(Line line) {
    try {
      return Json.SNAKE.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a line is always JSON", e);
    }
  }
}
