package io.terrarium.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.terrarium.contracts.registry.ProviderVersionOffer;
import io.terrarium.testsupport.OnThePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A provider for this platform that does nothing, packed and signed as Terraform wants it, by a
/// key that is made for it.
final class ProviderPackage {
  static final String ZIP = "/package";
  static final String SHASUMS = "/shasums";
  static final String SIGNATURE = "/shasums-sig";
  private static final String OWNER = "lab@example.com";

  private final Path home;
  private final String filename;
  private final byte[] zip;
  private final byte[] signature;
  private final ProviderVersionOffer.GpgKey key;

  ProviderPackage(Path home, String type, String version) {
    this.home = home;
    this.filename = "terraform-provider-%s_%s_%s_%s.zip".formatted(type, version, os(), arch());
    try {
      Files.createDirectories(
          home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      zip = zip("terraform-provider-%s_v%s".formatted(type, version));
      gpg("--passphrase", "", "--quick-gen-key", OWNER, "rsa2048", "sign", "never");
      Path sums = Files.write(home.resolve("sums"), sums());
      gpg("--output", home.resolve("sums.sig").toString(), "--detach-sign", sums.toString());
      signature = Files.readAllBytes(home.resolve("sums.sig"));
      key =
          new ProviderVersionOffer.GpgKey(
              keyId(), new String(gpg("--armor", "--export", OWNER), UTF_8));
      run(
          List.of(
              OnThePath.find("gpgconf").toString(), "--homedir", home.toString(), "--kill", "all"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] zip(String program) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(program));
      zip.write("#!/bin/sh\nexit 1\n".getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private String keyId() throws IOException {
    String listed = new String(gpg("--with-colons", "--list-keys", OWNER), UTF_8);
    return listed
        .lines()
        .filter(line -> line.startsWith("pub:"))
        .map(line -> line.split(":", -1)[4])
        .findFirst()
        .orElseThrow();
  }

  private byte[] gpg(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                OnThePath.find("gpg").toString(),
                "--homedir",
                home.toString(),
                "--batch",
                "--yes",
                "--pinentry-mode=loopback"));
    command.addAll(Arrays.asList(arguments));
    return run(command);
  }

  private byte[] run(List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(home.resolve("gpg.err").toFile()).start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    try {
      if (process.waitFor() != 0) {
        throw new AssertionError(Files.readString(home.resolve("gpg.err")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return output;
  }

  String os() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
        ? "darwin"
        : "linux";
  }

  String arch() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  String filename() {
    return filename;
  }

  String shasum() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] sums() {
    return (shasum() + "  " + filename + "\n").getBytes(UTF_8);
  }

  /// The same with a line that nobody has signed.
  byte[] forgedSums() {
    return (shasum() + "  " + filename + "\n" + "0".repeat(64) + "  other.zip\n").getBytes(UTF_8);
  }

  ProviderVersionOffer.GpgKey key() {
    return key;
  }

  /// By the ends of their names.
  Map<String, byte[]> objects() {
    return Map.of(ZIP, zip, SHASUMS, sums(), SIGNATURE, signature);
  }
}
