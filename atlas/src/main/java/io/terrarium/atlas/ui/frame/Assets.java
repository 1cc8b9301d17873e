package io.terrarium.atlas.ui.frame;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Styles and scripts, a handful and all of them ours or from WebJars. Each is asked for by an
/// address with its digest, so that browsers keep it for good and never have an old one.
public final class Assets {
  private static final String ROUTE = "/assets/:digest/:name";
  private static final int DIGEST_BYTES = 8;

  private static final String JARS = "/META-INF/resources/webjars/";

  private final Map<String, Asset> assets = new LinkedHashMap<>();

  private record Asset(byte[] bytes, String type, String digest) {}

  public Assets() {
    for (String own : List.of("terrarium.css", "terrarium.js", "plan.js", "icon.svg")) {
      add(own, "/ui/" + own);
    }
    add("htmx.js", jar("htmx.org") + "/dist/htmx.min.js");
  }

  public void mount(Api api) {
    api.get(ROUTE, this::serve);
  }

  /// The address by which pages ask for it.
  public String path(String name) {
    Asset asset = assets.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("there is no asset " + name);
    }
    return "/assets/" + asset.digest() + "/" + name;
  }

  private Reply serve(Call call) {
    Asset asset = assets.get(call.path("name"));
    if (asset == null || !asset.digest().equals(call.path("digest"))) {
      throw new Fault.NotFound();
    }
    return Reply.bytes(asset.type(), asset.bytes())
        .with("Cache-Control", "public, max-age=31536000, immutable")
        .with("X-Content-Type-Options", "nosniff");
  }

  private void add(String name, String source) {
    byte[] bytes = read(source);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      String hex = HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
      assets.put(name, new Asset(bytes, type(name), hex));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Its files are below its version, which only the build knows.
  private static String jar(String name) {
    Properties properties = new Properties();
    byte[] text = read("/META-INF/maven/org.webjars.npm/" + name + "/pom.properties");
    try {
      properties.load(new ByteArrayInputStream(text));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory can be read", e);
    }
    return JARS + name + "/" + properties.getProperty("version");
  }

  private static byte[] read(String source) {
    try (InputStream in = Assets.class.getResourceAsStream(source)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + source);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> throw new IllegalArgumentException("no type is known for " + name);
    };
  }
}
