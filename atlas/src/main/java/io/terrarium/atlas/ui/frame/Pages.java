package io.terrarium.atlas.ui.frame;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.session.Session;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes pages of templates, which encode whatever they are given. A page runs no script but ours,
/// is framed by nobody and kept by nobody.
public final class Pages {
  private static final String TYPE = "text/html; charset=utf-8";
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";
  private static final String NOTICE = "terrarium_notice";
  private static final Duration NOTICE_LIFE = Duration.ofMinutes(1);
  private static final int NOTICE_CHARACTERS_MAX = 500;

  private final TemplateEngine templates;
  private final Assets assets;
  private final Cookies cookies;
  private final Rights rights;
  private final boolean isLab;

  /// What somebody may do in an organization, so that the navigation offers nothing else.
  @FunctionalInterface
  public interface Rights {
    Set<OrganizationRight> of(Principal reader, String organization);
  }

  /// @param isLab whether there are exercises
  public Pages(Assets assets, Cookies cookies, Rights rights, boolean isLab) {
    this.assets = assets;
    this.cookies = cookies;
    this.rights = rights;
    this.isLab = isLab;
    templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, null, "io.terrarium.atlas.ui.template");
  }

  public Reply page(Call call, String title, Shell.Place place, String template, Object view) {
    return page(call, 200, title, place, template, view);
  }

  /// A whole page: `template` has the parameters `shell` and `view`.
  public Reply page(
      Call call, int status, String title, Shell.Place place, String template, Object view) {
    Shell shell = shell(call, title, place);
    return whole(Reply.bytes(status, TYPE, rendered(template, shell, view)), shell, POLICY);
  }

  /// A page with a form whose answer sends the browser on to `origin`, beyond this site: browsers
  /// look at where a form ends up.
  public Reply pageLeadingTo(
      String origin, Call call, String title, Shell.Place place, String template, Object view) {
    Shell shell = shell(call, title, place);
    return whole(
        Reply.bytes(200, TYPE, rendered(template, shell, view)), shell, POLICY + " " + origin);
  }

  private Shell shell(Call call, String title, Shell.Place place) {
    Optional<String> notice = Cookies.of(call, NOTICE).flatMap(Pages::opened);
    return new Shell(
        title,
        call.find(Session.class),
        place,
        rights(call, place),
        call.find(WorkspaceAccess.class).map(WorkspaceAccess::rights).orElse(Set.of()),
        notice,
        assets,
        isLab);
  }

  private Reply whole(Reply page, Shell shell, String policy) {
    Reply reply =
        secured(page)
            .with("Content-Security-Policy", policy)
            .with("Cross-Origin-Opener-Policy", "same-origin");
    return shell.notice().isEmpty()
        ? reply
        : reply.with("Set-Cookie", cookies.set(NOTICE, "", "/", NOTICE_LIFE));
  }

  private Set<OrganizationRight> rights(Call call, Shell.Place place) {
    return place.organization().isEmpty()
        ? Set.of()
        : call.find(Principal.class)
            .map(reader -> rights.of(reader, place.organization()))
            .orElse(Set.of());
  }

  /// A piece that takes the place of one on a page that is open.
  public Reply piece(String template, Object view) {
    return secured(Reply.bytes(200, TYPE, rendered(template, Map.of("view", view))));
  }

  /// After a form was taken: the page to look at now, and what it says was done.
  public Reply done(String path, String notice) {
    String words = notice.substring(0, Math.min(notice.length(), NOTICE_CHARACTERS_MAX));
    String sealed =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(words.getBytes(StandardCharsets.UTF_8));
    return Reply.redirect(303, path)
        .with("Set-Cookie", cookies.set(NOTICE, sealed, "/", NOTICE_LIFE));
  }

  private static Optional<String> opened(String value) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Reply secured(Reply reply) {
    return reply
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "same-origin")
        .with("X-Content-Type-Options", "nosniff");
  }

  private byte[] rendered(String template, Shell shell, Object view) {
    return rendered(template, Map.of("shell", shell, "view", view));
  }

  private byte[] rendered(String template, Map<String, Object> parameters) {
    Utf8ByteOutput output = new Utf8ByteOutput();
    templates.render(template + ".jte", parameters, output);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(output.getContentLength());
    try {
      output.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be written", e);
    }
    return bytes.toByteArray();
  }
}
