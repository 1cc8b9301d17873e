package io.terrarium.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What went wrong in a way that the caller is told of. The HTTP harness renders it as JSON:API
/// errors; whatever else is thrown is a bug and answered with 500.
public abstract sealed class Fault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private Fault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The HTTP status.
  public abstract int status();

  /// One line that names the kind, the same for all faults of it.
  public abstract String title();

  /// The single problems, at least one.
  public List<Problem> problems() {
    String message = getMessage();
    return List.of(new Problem(message == null ? title() : message, null));
  }

  /// One thing that is wrong, and where in the request (a JSON pointer), if that can be said.
  public record Problem(String detail, @Nullable String pointer) {}

  /// It is not there, or the caller may not see it; the wire does not say which.
  public static final class NotFound extends Fault {
    /// What is said where nothing better is known.
    public static final String HIDDEN =
        "Resource not found, or you do not have permission to see it.";

    private static final long serialVersionUID = 1L;

    public NotFound() {
      super(HIDDEN, null);
    }

    public NotFound(String detail) {
      super(detail, null);
    }

    @Override
    public int status() {
      return 404;
    }

    @Override
    public String title() {
      return "not found";
    }
  }

  /// No token, or one that is unknown, has expired, or is not taken where it is used.
  public static final class Unauthorized extends Fault {
    private static final long serialVersionUID = 1L;

    public Unauthorized() {
      this("A valid API token is needed: Authorization: Bearer <token>.");
    }

    public Unauthorized(String detail) {
      super(detail, null);
    }

    @Override
    public int status() {
      return 401;
    }

    @Override
    public String title() {
      return "unauthorized";
    }
  }

  /// The caller may see it but not do that.
  public static final class Forbidden extends Fault {
    private static final long serialVersionUID = 1L;

    public Forbidden(String detail) {
      super(detail, null);
    }

    @Override
    public int status() {
      return 403;
    }

    @Override
    public String title() {
      return "forbidden";
    }
  }

  /// Not in this state.
  public static final class Conflict extends Fault {
    private static final long serialVersionUID = 1L;

    public Conflict(String detail) {
      super(detail, null);
    }

    @Override
    public int status() {
      return 409;
    }

    @Override
    public String title() {
      return "conflict";
    }
  }

  /// It was there once.
  public static final class Gone extends Fault {
    private static final long serialVersionUID = 1L;

    public Gone(String detail) {
      super(detail, null);
    }

    @Override
    public int status() {
      return 410;
    }

    @Override
    public String title() {
      return "gone";
    }
  }

  /// The request cannot be read.
  public static final class BadRequest extends Fault {
    private static final long serialVersionUID = 1L;

    public BadRequest(String detail) {
      super(detail, null);
    }

    @Override
    public int status() {
      return 400;
    }

    @Override
    public String title() {
      return "bad request";
    }
  }

  /// The body is larger than the route takes.
  public static final class TooLarge extends Fault {
    private static final long serialVersionUID = 1L;

    public TooLarge(long bytesMax) {
      super("The body is larger than the " + bytesMax + " bytes that are allowed here.", null);
    }

    @Override
    public int status() {
      return 413;
    }

    @Override
    public String title() {
      return "payload too large";
    }
  }

  /// The request can be read, but what it asks for makes no sense.
  public static final class Invalid extends Fault {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public Invalid(List<Problem> problems) {
      super(problems.getFirst().detail(), null);
      this.problems = List.copyOf(problems);
    }

    /// One attribute is wrong.
    public Invalid(String attribute, String detail) {
      this(List.of(new Problem(detail, "/data/attributes/" + attribute)));
    }

    @Override
    public int status() {
      return 422;
    }

    @Override
    public String title() {
      return "invalid attribute";
    }

    @Override
    public List<Problem> problems() {
      return problems;
    }
  }

  /// Too fast.
  public static final class TooManyRequests extends Fault {
    private static final long serialVersionUID = 1L;

    public TooManyRequests() {
      super("You have exceeded the API's rate limit.", null);
    }

    @Override
    public int status() {
      return 429;
    }

    @Override
    public String title() {
      return "Too many requests";
    }
  }

  /// Something that this needs is away just now; asking again later helps.
  public static final class Unavailable extends Fault {
    private static final long serialVersionUID = 1L;

    public Unavailable(String detail, @Nullable Throwable cause) {
      super(detail, cause);
    }

    @Override
    public int status() {
      return 503;
    }

    @Override
    public String title() {
      return "service unavailable";
    }
  }
}
