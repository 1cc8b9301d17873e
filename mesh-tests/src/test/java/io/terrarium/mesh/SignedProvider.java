package io.terrarium.mesh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Date;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SignaturePacket;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/// Whoever publishes a provider: a key of their own, packages for the platform of the tests, their
/// sums and the sums' signature. Terraform installs such a provider; it cannot be run.
@SuppressWarnings("JavaUtilDate") // the library knows no other
final class SignedProvider {
  private static final int KEY_BITS = 2048;
  private static final int CERTAINTY = 100;

  private final PGPKeyPair key;

  SignedProvider() {
    RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
    generator.init(
        new RSAKeyGenerationParameters(
            BigInteger.valueOf(65537), new SecureRandom(), KEY_BITS, CERTAINTY));
    try {
      key =
          new BcPGPKeyPair(
              PublicKeyPacket.VERSION_4,
              PublicKeyAlgorithmTags.RSA_GENERAL,
              generator.generateKeyPair(),
              new Date());
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A package and its name.
  record Packed(String filename, byte[] zip) {
    String shasum() {
      try {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(zip));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    /// What `sha256sum` would say of it.
    byte[] shasums() {
      return (shasum() + "  " + filename + "\n").getBytes(StandardCharsets.UTF_8);
    }
  }

  static String os() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
        ? "darwin"
        : "linux";
  }

  static String arch() {
    return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
  }

  static Packed pack(String name, String version) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("terraform-provider-" + name + "_v" + version));
      zip.write(("#!/bin/sh\necho " + version + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Packed(
        "terraform-provider-%s_%s_%s_%s.zip".formatted(name, version, os(), arch()),
        bytes.toByteArray());
  }

  String armoredKey() {
    // As gpg does; terraform passes keys by that do not say that they sign.
    PGPSignatureSubpacketGenerator flags = new PGPSignatureSubpacketGenerator();
    flags.setKeyFlags(false, KeyFlags.SIGN_DATA | KeyFlags.CERTIFY_OTHER);
    try {
      PGPPublicKeyRing ring =
          new PGPKeyRingGenerator(
                  PGPSignature.POSITIVE_CERTIFICATION,
                  key,
                  "Lab <lab@example.com>",
                  new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                  flags.generate(),
                  null,
                  signer(),
                  null)
              .generatePublicKeyRing();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream armored = ArmoredOutputStream.builder().build(bytes)) {
        ring.encode(armored);
      }
      return bytes.toString(StandardCharsets.US_ASCII);
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] sign(byte[] content) {
    try {
      PGPSignatureGenerator generator =
          new PGPSignatureGenerator(signer(), key.getPublicKey(), SignaturePacket.VERSION_4);
      generator.init(PGPSignature.BINARY_DOCUMENT, key.getPrivateKey());
      // Terraform looks for the key by this, as gpg writes it.
      PGPSignatureSubpacketGenerator said = new PGPSignatureSubpacketGenerator();
      said.setSignatureCreationTime(false, new Date());
      said.setIssuerKeyID(false, key.getKeyID());
      generator.setHashedSubpackets(said.generate());
      generator.update(content);
      return generator.generate().getEncoded();
    } catch (PGPException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private BcPGPContentSignerBuilder signer() {
    return new BcPGPContentSignerBuilder(
        key.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA256);
  }
}
