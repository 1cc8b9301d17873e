package io.terrarium.core.gpgkey;

import io.terrarium.kernel.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketVector;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;

/// A public key as people paste it.
///
/// @param keyId the last 16 hexadecimal digits of its fingerprint
record ArmoredKey(String keyId, String text) {
  private static final int CHARACTERS_MAX = 100_000;
  private static final int KEY_ID_BYTES = 8;

  /// @throws Fault.Invalid when it is no public key that signs
  static ArmoredKey parse(String text) {
    if (text.isBlank()) {
      throw wrong("can't be blank");
    }
    if (text.length() > CHARACTERS_MAX) {
      throw wrong("has more than " + CHARACTERS_MAX + " characters");
    }
    PGPPublicKeyRing ring = ring(text);
    boolean signs = false;
    for (Iterator<PGPPublicKey> keys = ring.getPublicKeys(); keys.hasNext(); ) {
      signs |= signs(keys.next());
    }
    if (!signs) {
      throw wrong("has no key that can sign");
    }
    byte[] fingerprint = ring.getPublicKey().getFingerprint();
    String keyId =
        HexFormat.of()
            .withUpperCase()
            .formatHex(fingerprint, fingerprint.length - KEY_ID_BYTES, fingerprint.length);
    return new ArmoredKey(keyId, text);
  }

  private static PGPPublicKeyRing ring(String text) {
    byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
    try (ArmoredInputStream armored = new ArmoredInputStream(new ByteArrayInputStream(bytes))) {
      BcPGPObjectFactory packets = new BcPGPObjectFactory(armored);
      Object first = packets.nextObject();
      return switch (first) {
        case PGPPublicKeyRing ring when packets.nextObject() == null -> ring;
        case PGPPublicKeyRing _ -> throw wrong("has more than one key; export one alone");
        case PGPSecretKeyRing _ ->
            throw wrong("is a private key; export the public one: gpg --armor --export");
        case null, default -> throw wrong("is no public key; export one: gpg --armor --export");
      };
    } catch (IOException | RuntimeException e) {
      if (e instanceof Fault.Invalid told) {
        throw told;
      }
      // The parser throws what it likes on bytes that are no key.
      throw wrong("cannot be read as a public key; export one: gpg --armor --export");
    }
  }

  /// By what the key says of itself; where it says nothing, by its algorithm.
  private static boolean signs(PGPPublicKey key) {
    if (key.hasRevocation()) {
      return false;
    }
    int flags = 0;
    for (Iterator<PGPSignature> own = key.getSignatures(); own.hasNext(); ) {
      PGPSignatureSubpacketVector said = own.next().getHashedSubPackets();
      flags |= said == null ? 0 : said.getKeyFlags();
    }
    return flags == 0 ? algorithmSigns(key) : (flags & KeyFlags.SIGN_DATA) != 0;
  }

  private static boolean algorithmSigns(PGPPublicKey key) {
    return switch (key.getAlgorithm()) {
      case PublicKeyAlgorithmTags.ELGAMAL_ENCRYPT,
          PublicKeyAlgorithmTags.ECDH,
          PublicKeyAlgorithmTags.X25519,
          PublicKeyAlgorithmTags.X448 ->
          false;
      default -> true;
    };
  }

  private static Fault.Invalid wrong(String detail) {
    return new Fault.Invalid("ascii-armor", "Ascii armor " + detail);
  }
}
