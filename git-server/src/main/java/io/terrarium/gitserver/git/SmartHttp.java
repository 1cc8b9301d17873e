package io.terrarium.gitserver.git;

import io.terrarium.gitserver.happening.Happenings;
import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.Repositories;
import io.terrarium.gitserver.repository.RepositoryName;
import io.terrarium.gitserver.repository.Visitor;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.TransferConfig;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.util.TemporaryBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fetches and pushes over http. Answers are put together in memory, large ones in a file, before
/// the first byte is sent: so a slow reader holds nothing but those.
public final class SmartHttp {
  private static final Logger log = LoggerFactory.getLogger(SmartHttp.class);
  private static final String UPLOAD = "git-upload-pack";
  private static final String RECEIVE = "git-receive-pack";
  private static final int MEMORY_BYTES_MAX = 1 << 20;
  private static final long COMMAND_BYTES_MAX = 4L << 20;

  /// What a fetch asks for: names of commits, fifty bytes each.
  private static final long ASKED_BYTES_MAX = 32L << 20;

  private final Repositories repositories;
  private final Happenings happenings;
  private final long pushBytesMax;

  /// @param pushBytesMax that one push may bring
  public SmartHttp(Repositories repositories, Happenings happenings, long pushBytesMax) {
    this.repositories = repositories;
    this.happenings = happenings;
    this.pushBytesMax = pushBytesMax;
  }

  public void mount(Api api) {
    api.get("/:owner/:name/info/refs", this::advertise);
    api.post("/:owner/:name/" + UPLOAD, this::upload);
    api.post("/:owner/:name/" + RECEIVE, this::receive);
  }

  private static RepositoryName name(Call call) {
    return RepositoryName.of(call.path("owner"), call.path("name"));
  }

  /// The first step of a push makes the repository. It is the only step that Git takes whether the
  /// repository is there or not, and it has shown the token.
  private Reply advertise(Call call) throws IOException {
    String service = call.query("service").orElse("");
    HostedRepository repository =
        switch (service) {
          case UPLOAD -> repositories.get(name(call));
          case RECEIVE -> repositories.ensure(name(call));
          default ->
              throw new Fault.BadRequest(
                  "Only Git's smart http is spoken here, with service="
                      + UPLOAD
                      + " or "
                      + RECEIVE
                      + ".");
        };
    TemporaryBuffer.LocalFile answer = buffer();
    PacketLineOut lines = new PacketLineOut(answer);
    lines.setFlushOnEnd(false);
    try (Repository open = repository.open()) {
      if (service.equals(UPLOAD)) {
        try (UploadPack upload = upload(open, call)) {
          upload.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines), service);
        }
      } else {
        lines.writeString("# service=" + service + "\n");
        lines.end();
        receive(open).sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
      }
    }
    return reply("application/x-" + service + "-advertisement", answer);
  }

  private Reply upload(Call call) throws IOException {
    TemporaryBuffer.LocalFile answer = buffer();
    try (Repository open = repositories.get(name(call)).open();
        UploadPack upload = upload(open, call)) {
      upload.upload(body(call, UPLOAD, ASKED_BYTES_MAX), answer, null);
    }
    return reply("application/x-" + UPLOAD + "-result", answer);
  }

  private Reply receive(Call call) throws IOException {
    TemporaryBuffer.LocalFile answer = buffer();
    HostedRepository repository = repositories.ensure(name(call));
    InputStream body = body(call, RECEIVE, pushBytesMax);
    try (Repository open = repository.open();
        PushTurn turn = new PushTurn(repository, happenings, Visitor.of(call).login())) {
      ReceivePack receive = receive(open);
      receive.setPreReceiveHook((_, commands) -> turn.begin(commands));
      receive.receive(body, answer, null);
    } catch (UnpackException e) {
      // The answer says so, in Git's own words.
      log.atInfo()
          .addKeyValue("repository", repository.name().full())
          .addKeyValue("error", String.valueOf(e.getCause()))
          .log("a push was refused");
    }
    return reply("application/x-" + RECEIVE + "-result", answer);
  }

  /// Whoever has the token may see every commit: one that a rewritten branch has left too, which a
  /// webhook has told of.
  private static UploadPack upload(Repository open, Call call) {
    Config settings = new Config();
    settings.setBoolean("uploadpack", null, "allowfilter", true);
    UploadPack upload = new UploadPack(open);
    upload.setTransferConfig(new TransferConfig(settings));
    upload.setRequestPolicy(UploadPack.RequestPolicy.ANY);
    upload.setBiDirectionalPipe(false);
    call.header("Git-Protocol")
        .ifPresent(protocol -> upload.setExtraParameters(List.of(protocol.split(":", -1))));
    return upload;
  }

  private static ReceivePack receive(Repository open) {
    ReceivePack receive = new ReceivePack(open);
    receive.setBiDirectionalPipe(false);
    receive.setAtomic(true);
    receive.setMaxCommandBytes(COMMAND_BYTES_MAX);
    receive.setRefLogIdent(new PersonIdent("Terrarium", "git-server@localhost"));
    return receive;
  }

  private static InputStream body(Call call, String service, long bytesMax) throws IOException {
    String type = "application/x-" + service + "-request";
    if (call.header("Content-Type").filter(type::equals).isEmpty()) {
      throw new Fault.BadRequest("The body must be " + type + ".");
    }
    InputStream plain =
        call.header("Content-Encoding").filter(coding -> coding.contains("gzip")).isPresent()
            ? new GZIPInputStream(call.bodyStream())
            : call.bodyStream();
    return new LimitedStream(plain, bytesMax);
  }

  private static TemporaryBuffer.LocalFile buffer() {
    return new TemporaryBuffer.LocalFile(null, MEMORY_BYTES_MAX);
  }

  private static Reply reply(String type, TemporaryBuffer.LocalFile answer) throws IOException {
    answer.close();
    return Reply.stream(200, type, answer.openInputStreamWithAutoDestroy(), answer.length())
        .with("Cache-Control", "no-cache");
  }
}
