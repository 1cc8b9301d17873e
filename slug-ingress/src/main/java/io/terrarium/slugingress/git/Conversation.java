package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;

/// What is said to one repository's host. It ends with its connections.
final class Conversation implements AutoCloseable {
  /// A depth that Git takes for all there is. Without any, a host of the old protocol stops where
  /// an earlier fetch has stopped.
  static final int ALL = Integer.MAX_VALUE;

  private final GitSource source;
  private final Allowance allowance;
  private final FetchedRepository repository;
  private final Optional<ProxiedHttp> http;
  private final Optional<ProxiedSsh> ssh;
  private final GitFaults faults;

  Conversation(GitSource source, WayOut out, Allowance allowance, FetchedRepository repository) {
    this.source = source;
    this.allowance = allowance;
    this.repository = repository;
    boolean isSsh = source.address().kind() == GitAddress.Kind.SSH;
    this.http = isSsh ? Optional.empty() : Optional.of(new ProxiedHttp(source, out, allowance));
    this.ssh =
        isSsh
            ? Optional.of(new ProxiedSsh(source, out, allowance, repository.getDirectory()))
            : Optional.empty();
    this.faults =
        new GitFaults(source, allowance, () -> http.map(ProxiedHttp::lastStatus).orElse(0));
  }

  /// The refs whose names begin with one of `prefixes`, perhaps others too, and `HEAD`.
  Map<String, Ref> refs(List<String> prefixes) {
    try (Transport transport = open();
        FetchConnection connection = connect(transport, prefixes)) {
      return connection.getRefsMap();
    } catch (TransportException | NotSupportedException | RuntimeException e) {
      throw faults.of(e);
    } finally {
      allowance.listenNoMore();
    }
  }

  /// Fetches `wanted` and as many generations as `depth` says.
  ///
  /// @return false when the host gives out none that no branch or tag leads to
  boolean fetch(Collection<ObjectId> wanted, int depth) {
    return fetch(Wanted.of(wanted), Optional.of(depth), false);
  }

  /// Fetches one commit by its name alone.
  ///
  /// @return false when the host gives out none that no branch or tag leads to. Over ssh it may
  ///   hang up before we have finished asking, and what it says against the name is not heard;
  ///   should it be gone altogether, whoever asks it for something else finds that out.
  boolean fetchNamed(ObjectId commit) {
    try {
      return fetch(List.of(commit), 1);
    } catch (IngressFault fault) {
      if (ssh.isEmpty() || fault.reason() != Reason.HOST_UNREACHABLE) {
        throw fault;
      }
      return false;
    }
  }

  /// Fetches what the ref `name` leads to, one commit deep.
  ///
  /// @return the ref; empty when there is none
  Optional<Ref> fetchTip(String name) {
    AtomicReference<Optional<Ref>> tip = new AtomicReference<>(Optional.empty());
    Wanted wanted =
        new Wanted(
            List.of(name),
            refs -> {
              tip.set(Optional.ofNullable(refs.get(name)).filter(ref -> ref.getObjectId() != null));
              return tip.get().map(Ref::getObjectId).stream().toList();
            });
    return fetch(wanted, Optional.of(1), false) ? tip.get() : Optional.empty();
  }

  /// What is fetched.
  ///
  /// @param prefixes of the refs that the host is to list
  /// @param among chosen when they are known
  private record Wanted(List<String> prefixes, Function<Map<String, Ref>, List<ObjectId>> among) {
    static Wanted of(Collection<ObjectId> ids) {
      return new Wanted(List.of(), _ -> List.copyOf(ids));
    }
  }

  /// Fetches commits and their directories, and the files' contents only where the host cannot
  /// leave them out.
  void fetchTrees(Collection<ObjectId> wanted) {
    if (!fetch(Wanted.of(wanted), Optional.of(1), true)) {
      throw GitHost.unknownRevision(
          "such commits as "
              + wanted.stream().map(ObjectId::name).collect(Collectors.joining(" and ")));
    }
  }

  private boolean fetch(Wanted wanted, Optional<Integer> depth, boolean withoutContents) {
    try (Transport transport = open()) {
      depth.ifPresent(transport::setDepth);
      if (withoutContents) {
        transport.setFilterSpec(FilterSpec.fromFilterLine("blob:none"));
      }
      try (FetchConnection connection = connect(transport, wanted.prefixes)) {
        List<ObjectId> ids = wanted.among.apply(connection.getRefsMap());
        if (ids.isEmpty()) {
          return false;
        }
        allowance.expectPack();
        connection.fetch(new Watch(allowance), refs(ids), Set.of());
      }
      allowance.check();
      return true;
    } catch (TransportException | NotSupportedException | RuntimeException e) {
      allowance.check();
      if (GitFaults.says(e, JGitText.get().shallowNotSupported)) {
        return fetch(wanted, Optional.empty(), withoutContents);
      }
      if (GitFaults.says(e, JGitText.get().filterRequiresCapability)) {
        return fetch(wanted, depth, false);
      }
      if (GitFaults.isUnadvertised(e)) {
        return false;
      }
      throw faults.of(e);
    } finally {
      allowance.listenNoMore();
    }
  }

  private static List<Ref> refs(Collection<ObjectId> wanted) {
    return wanted.stream()
        .map(id -> (Ref) new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id))
        .toList();
  }

  private FetchConnection connect(Transport transport, List<String> prefixes)
      throws TransportException, NotSupportedException {
    allowance.expectRefs();
    return transport.openFetch(
        List.of(),
        Stream.concat(Stream.of(Constants.HEAD), prefixes.stream()).toArray(String[]::new));
  }

  private Transport open() throws NotSupportedException, TransportException {
    URIish uri = source.address().forGit();
    Transport transport = Transport.open(repository, uri);
    transport.setTagOpt(TagOpt.NO_TAGS);
    transport.setFetchThin(false);
    switch (transport) {
      case TransportHttp overHttp -> overHttp.setHttpConnectionFactory(http.orElseThrow());
      case SshTransport overSsh -> overSsh.setSshSessionFactory(ssh.orElseThrow());
      default -> throw new NotSupportedException("no way to " + uri.getScheme());
    }
    return transport;
  }

  @Override
  public void close() {
    http.ifPresent(ProxiedHttp::close);
    ssh.ifPresent(ProxiedSsh::close);
  }
}
