package io.terrarium.slugingress.git;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import java.io.EOFException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.SshException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.RemoteRepositoryException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What JGit's faults mean to people. Its own words hold addresses and what hosts have said, and so
/// only the host's complaints go on, cut short.
final class GitFaults {
  private static final Logger log = LoggerFactory.getLogger(GitFaults.class);
  private static final int WORDS_CHARACTERS_MAX = 300;
  private static final Pattern PROXY = Pattern.compile("(?i)proxy.* failed with code (\\d{3}).*");
  private static final Pattern NOT_FOUND =
      Pattern.compile(
          "(?is).*(not found|does not exist|no such|not appear to be a git repository"
              + "|could not find|project you were looking for).*");
  private static final Pattern UNADVERTISED =
      Pattern.compile("(?is).*(not our ref|unadvertised|want [0-9a-f]{40} not valid).*");

  private final GitSource source;
  private final Allowance allowance;
  private final IntSupplier httpStatus;

  GitFaults(GitSource source, Allowance allowance, IntSupplier httpStatus) {
    this.source = source;
    this.allowance = allowance;
    this.httpStatus = httpStatus;
  }

  /// Whether the host refuses commits that no branch or tag leads to, or has no such commit. Over
  /// ssh some say nothing and hang up.
  static boolean isUnadvertised(Throwable fault) {
    return causes(fault)
        .anyMatch(cause ->
            UNADVERTISED.matcher(String.valueOf(cause.getMessage())).matches()
                || (cause instanceof EOFException && isWithin(cause, "negotiate")));
  }

  private static boolean isWithin(Throwable fault, String method) {
    return Stream.of(fault.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals(method));
  }

  static boolean says(Throwable fault, String message) {
    return causes(fault).anyMatch(cause -> message.equals(cause.getMessage()));
  }

  private static Stream<Throwable> causes(Throwable fault) {
    return Stream.iterate(fault, Objects::nonNull, Throwable::getCause);
  }

  private static <T extends Throwable> Optional<T> find(Throwable fault, Class<T> type) {
    return causes(fault).filter(type::isInstance).map(type::cast).findFirst();
  }

  /// To be thrown in the place of `fault`.
  RuntimeException of(Exception fault) {
    Optional<RuntimeException> ours = allowance.fault();
    if (ours.isPresent()) {
      return ours.get();
    }
    return find(fault, IngressFault.class)
        .map(RuntimeException.class::cast)
        .or(() -> find(fault, io.terrarium.kernel.Fault.class).map(RuntimeException.class::cast))
        .or(() -> ofHttp(fault))
        .or(() -> ofSsh(fault))
        .or(() -> ofGit(fault))
        .orElseGet(() -> unknown(fault));
  }

  private IngressFault unknown(Exception fault) {
    log.atWarn().addKeyValue("host", source.host()).setCause(fault).log("a conversation broke off");
    return new IngressFault(
        Reason.HOST_UNREACHABLE, "The connection to " + source.host() + " broke off.", fault);
  }

  private Optional<RuntimeException> ofHttp(Throwable fault) {
    int status = httpStatus.getAsInt();
    return switch (status) {
      case 0, 200 -> Optional.empty();
      case 401, 403 ->
          Optional.of(
              new IngressFault(
                  Reason.AUTHENTICATION_FAILED,
                  source.host()
                      + " lets us not in (status "
                      + status
                      + "): the login is missing, wrong, or may not read the repository.",
                  fault));
      case 404, 410 -> Optional.of(notFound(fault));
      default ->
          Optional.of(
              new IngressFault(
                  Reason.HOST_UNREACHABLE,
                  source.host() + " answered with status " + status + ".",
                  fault));
    };
  }

  private IngressFault notFound(Throwable fault) {
    return new IngressFault(
        Reason.REPOSITORY_NOT_FOUND,
        "There is no repository at " + source.text() + ", or the login may not see it.",
        fault);
  }

  private Optional<RuntimeException> ofSsh(Throwable fault) {
    Optional<RuntimeException> ofProxy =
        causes(fault)
            .map(cause -> PROXY.matcher(String.valueOf(cause.getMessage())))
            .filter(Matcher::find)
            .findFirst()
            .map(code -> Refusals.ofTunnel(code.group(1), source.host()));
    if (ofProxy.isPresent()) {
      return ofProxy;
    }
    return find(fault, SshException.class)
        .map(ssh ->
            switch (ssh.getDisconnectCode()) {
              case SshConstants.SSH2_DISCONNECT_NO_MORE_AUTH_METHODS_AVAILABLE,
                  SshConstants.SSH2_DISCONNECT_AUTH_CANCELLED_BY_USER ->
                  new IngressFault(
                      Reason.AUTHENTICATION_FAILED,
                      source.host() + " does not let us in with the private key it was shown.",
                      fault);
              default ->
                  new IngressFault(
                      Reason.HOST_UNREACHABLE,
                      "No ssh connection to " + source.host() + " could be made.",
                      fault);
            });
  }

  private Optional<RuntimeException> ofGit(Throwable fault) {
    if (find(fault, TooLargeObjectInPackException.class).isPresent()) {
      return Optional.of(
          new IngressFault(
              Reason.TOO_LARGE,
              "The repository has a file of more than the "
                  + allowance.limits().fileBytes() / 1_000_000
                  + " MB that one file may have.",
              fault));
    }
    if (find(fault, NoRemoteRepositoryException.class).isPresent()) {
      return Optional.of(notFound(fault));
    }
    Optional<RemoteRepositoryException> complaint = find(fault, RemoteRepositoryException.class);
    if (complaint.isPresent()) {
      return Optional.of(complained(complaint.get()));
    }
    if (find(fault, NotSupportedException.class).isPresent()) {
      return Optional.of(
          new IngressFault(Reason.BAD_ADDRESS, "There is no way to " + source.text() + ".", fault));
    }
    if (find(fault, CorruptObjectException.class).isPresent() || isOfPack(fault)) {
      return Optional.of(
          new IngressFault(
              Reason.BROKEN_REPOSITORY,
              "What " + source.host() + " sent is no whole pack.",
              fault));
    }
    return Optional.empty();
  }

  private static boolean isOfPack(Throwable fault) {
    return causes(fault)
        .flatMap(cause -> Stream.of(cause.getStackTrace()))
        .anyMatch(frame -> frame.getClassName().endsWith(".PackParser"));
  }

  private RuntimeException complained(RemoteRepositoryException complaint) {
    String words = String.valueOf(complaint.getMessage());
    if (NOT_FOUND.matcher(words).matches()) {
      return notFound(complaint);
    }
    String plain = words.replaceAll("(?U)\\p{Cntrl}+", " ").replaceAll("://[^/@\\s]*@", "://");
    return new IngressFault(
        Reason.HOST_UNREACHABLE,
        source.host()
            + " refuses: "
            + plain.substring(0, Math.min(plain.length(), WORDS_CHARACTERS_MAX)).strip(),
        complaint);
  }
}
