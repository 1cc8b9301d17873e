package io.terrarium.contracts.hop;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.job.Job;
import io.terrarium.contracts.job.JobCodec;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is kept of what a hop carried, field by field, for people to see: nothing else is. Jobs and
/// build commands never hold a secret, and are kept as they travel. Of all else a record here names
/// the fields; what lets anybody in (a login, a token, a signed path) is a field of none.
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Shown permits ShownEvent, Shown.Call, Shown.Message {
  /// How it was sent: the request line, or what other media have for one.
  String line();

  /// What is told of it, as JSON.
  default Object content() {
    return this;
  }

  /// Over Redis or RabbitMQ.
  sealed interface Message extends Shown {}

  /// Over HTTP.
  sealed interface Call extends Shown {}

  /// A job of Sidekiq's.
  record LeftJob(Job job, String jid) implements Message {
    @Override
    public String line() {
      return "LPUSH queue:" + JobCodec.queue(job).wire();
    }

    @Override
    public Object content() {
      Map<String, Object> envelope = new LinkedHashMap<>();
      envelope.put("class", JobCodec.className(job));
      envelope.put("jid", jid);
      envelope.put("args", List.of(JobCodec.argument(job)));
      return envelope;
    }
  }

  record PublishedCommand(BuildCommand command) implements Message {
    @Override
    public String line() {
      return "basic.publish "
          + BuildTopology.EXCHANGE
          + " "
          + BuildTopology.queue(command.priority());
    }

    @Override
    public Object content() {
      return command;
    }
  }

  record PostedCommand(BuildCommand command) implements Call {
    @Override
    public String line() {
      return "POST " + InternalApi.BUILDS;
    }

    @Override
    public Object content() {
      return command;
    }
  }

  /// The answer is kept nowhere: it has the run's token, its variables and signed paths.
  record Claim(String phaseId, String worker, int command, @Nullable String delivery)
      implements Call {
    public static Claim of(String phaseId, Claims.Request asked) {
      return new Claim(phaseId, asked.worker(), asked.command(), asked.delivery());
    }

    @Override
    public String line() {
      return "POST " + InternalApi.at(InternalApi.CLAIM, phaseId);
    }
  }

  /// @param kind such as `state`
  record Upload(String kind, long bytes, String sha256) implements Call {
    @Override
    public String line() {
      return "PUT " + SignedPaths.PREFIX + "…";
    }
  }

  /// The same on its way to the object storage, which gets ciphertext.
  record Sealed(String kind, long bytes, String sha256) implements Call {
    @Override
    public String line() {
      return "PutObject";
    }
  }

  /// Archivist's answer to an upload.
  record Persisted(String kind, long bytes) implements Call {
    @Override
    public String line() {
      return "200 to PUT " + SignedPaths.PREFIX + "…";
    }
  }

  /// An object that archivist was asked for.
  record Download(String kind, String objectId) implements Call {
    @Override
    public String line() {
      return "200 to GET " + SignedPaths.PREFIX + "…";
    }
  }

  record ObjectTold(String type, String id, String objectId, long bytes, String sha256, int attempt)
      implements Call {
    public static ObjectTold of(ObjectStored told) {
      return new ObjectTold(
          told.type(), told.id(), told.objectId(), told.bytes(), told.sha256(), told.attempt());
    }

    @Override
    public String line() {
      return "POST " + InternalApi.OBJECTS;
    }
  }

  /// The state stands behind a signed path.
  record Parse() implements Call {
    @Override
    public String line() {
      return "POST " + InternalApi.PARSE;
    }

    @Override
    public Object content() {
      return Map.of();
    }
  }

  /// @param slugs how many get the commit
  record Ingress(String host, GitRevision revision, String directory, boolean submodules, int slugs)
      implements Call {
    @Override
    public String line() {
      return "POST " + InternalApi.INGRESS;
    }
  }

  record Refs(String host) implements Call {
    @Override
    public String line() {
      return "POST " + InternalApi.REFS;
    }
  }

  record Changes(String host, String base, String head) implements Call {
    @Override
    public String line() {
      return "POST " + InternalApi.CHANGES;
    }
  }

  record Fetch(String host, String scheme, GitRevision revision) implements Call {
    @Override
    public String line() {
      return "git fetch";
    }
  }

  /// Without the address of its repository, which may have a login in it.
  record Offer(
      ModuleVersionId moduleVersionId,
      OrganizationId organizationId,
      String name,
      String provider,
      String version,
      String objectId,
      Instant publishedAt)
      implements Call {
    public static Offer of(ModuleVersionOffer offer) {
      return new Offer(
          offer.moduleVersionId(),
          offer.organizationId(),
          offer.name(),
          offer.provider(),
          offer.version(),
          offer.objectId(),
          offer.publishedAt());
    }

    @Override
    public String line() {
      return "POST " + InternalApi.MODULE_VERSIONS;
    }
  }

  record Extract(ModuleVersionId moduleVersionId) implements Call {
    @Override
    public String line() {
      return "POST " + InternalApi.EXTRACTIONS;
    }
  }

  record Extracted(
      ModuleVersionId moduleVersionId, String objectId, String status, @Nullable String error)
      implements Call {
    public static Extracted of(ModuleExtracted read) {
      return new Extracted(
          read.moduleVersionId(), read.objectId(), read.status().wire(), read.error());
    }

    @Override
    public String line() {
      return "POST " + InternalApi.MODULE_EXTRACTED;
    }
  }

  /// Of a receiver's address the host alone: paths of webhooks are secrets.
  ///
  /// @param isTunnel what goes through it nobody here sees
  record Outbound(String method, String host, int port, boolean isTunnel) implements Call {
    @Override
    public String line() {
      return isTunnel
          ? method + " " + host + ":" + port
          : method + " http://" + host + ":" + port + "/…";
    }
  }
}
