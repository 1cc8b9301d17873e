package io.terrarium.contracts.registry;

import io.terrarium.contracts.golden.Golden;
import io.terrarium.contracts.golden.Wire;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.ProviderVersionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What atlas and the registry say to each other.
public final class RegistryGoldens {
  private static final ModuleVersionId MODULE = new ModuleVersionId("modver-CZcmD7eagjhyX0vN");
  private static final OrganizationId ORGANIZATION = new OrganizationId("org-WV6DfwfxxXvLfvfs");
  private static final ProviderVersionId PROVIDER =
      new ProviderVersionId("provver-ntv3HbhJqvFzamy7");
  private static final String SLUG = "module-versions/modver-CZcmD7eagjhyX0vN/slug";
  private static final String SHASUM =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private RegistryGoldens() {}

  public static List<Golden<?>> all() {
    return List.of(
        moduleOffer("module-version-offer", "https://git.example.com/acme/terraform-aws-network"),
        moduleOffer("module-version-offer-uploaded", null),
        golden("provider-version-offer", providerOffer()),
        golden(
            "provider-version-offer-incomplete",
            new ProviderVersionOffer(
                ProviderVersionOffer.VERSION,
                PROVIDER,
                ORGANIZATION,
                "widgets",
                "1.2.0",
                List.of("5.0"),
                List.of(),
                null,
                null,
                List.of(
                    new ProviderVersionOffer.Platform(
                        "linux", "amd64", "terraform-provider-widgets.zip", SHASUM, null)))),
        golden("extraction-request", new ExtractionRequest(ExtractionRequest.VERSION, MODULE)),
        golden(
            "module-extracted",
            new ModuleExtracted(ModuleExtracted.VERSION, MODULE, SLUG, ExtractionStatus.OK, null)),
        golden(
            "module-extracted-failed",
            new ModuleExtracted(
                ModuleExtracted.VERSION,
                MODULE,
                SLUG,
                ExtractionStatus.FAILED,
                "main.tf:3: a closing bracket is missing.")),
        golden("module-metadata", metadata()),
        golden(
            "module-metadata-pending",
            new ModuleMetadata(
                ModuleMetadata.VERSION,
                MODULE,
                SLUG,
                ExtractionStatus.PENDING,
                null,
                null,
                List.of())),
        golden(
            "module-metadata-failed",
            new ModuleMetadata(
                ModuleMetadata.VERSION,
                MODULE,
                SLUG,
                ExtractionStatus.FAILED,
                "The archive is no gzip file.",
                null,
                List.of())),
        golden(
            "registry-access-question",
            new RegistryAccess.Question(RegistryAccess.VERSION, "a token", "acme")),
        golden(
            "registry-access-answer",
            new RegistryAccess.Answer(RegistryAccess.VERSION, ORGANIZATION)),
        golden(
            "registry-access-answer-no", new RegistryAccess.Answer(RegistryAccess.VERSION, null)));
  }

  private static Golden<?> moduleOffer(String name, @Nullable String source) {
    return golden(
        name,
        new ModuleVersionOffer(
            ModuleVersionOffer.VERSION,
            MODULE,
            ORGANIZATION,
            "network",
            "aws",
            "1.2.0",
            SLUG,
            Instant.parse("2026-01-02T03:04:05.678Z"),
            source));
  }

  private static ProviderVersionOffer providerOffer() {
    return new ProviderVersionOffer(
        ProviderVersionOffer.VERSION,
        PROVIDER,
        ORGANIZATION,
        "widgets",
        "1.2.0",
        List.of("5.0", "6.0"),
        List.of(
            new ProviderVersionOffer.GpgKey(
                "34365D9472D7468F", "-----BEGIN PGP PUBLIC KEY BLOCK-----")),
        "provider-versions/provver-ntv3HbhJqvFzamy7/shasums",
        "provider-versions/provver-ntv3HbhJqvFzamy7/shasums-sig",
        List.of(
            new ProviderVersionOffer.Platform(
                "linux",
                "amd64",
                "terraform-provider-widgets_1.2.0_linux_amd64.zip",
                SHASUM,
                "provider-platforms/provpltfrm-GSqtnYvPsKcVgVMN/package")));
  }

  private static ModuleMetadata metadata() {
    return new ModuleMetadata(
        ModuleMetadata.VERSION,
        MODULE,
        SLUG,
        ExtractionStatus.OK,
        null,
        new ModuleContent(
            "",
            "# Network\n",
            ">= 1.5",
            List.of(
                new ModuleContent.Input(
                    "cidr", "string", "The range.", "\"10.0.0.0/8\"", false, false),
                new ModuleContent.Input("secret", null, null, null, true, true)),
            List.of(
                new ModuleContent.Output("id", "Its id.", false),
                new ModuleContent.Output("key", null, true)),
            List.of(new ModuleContent.Resource("managed", "aws_vpc", "this")),
            List.of(
                new ModuleContent.ProviderDependency("aws", "hashicorp/aws", "~> 5.0"),
                new ModuleContent.ProviderDependency("random", null, null)),
            List.of(
                new ModuleContent.ModuleCall("subnets", "./modules/subnets", null),
                new ModuleContent.ModuleCall("label", "acme/label/null", "0.25.0"))),
        List.of(
            new ModuleContent(
                "modules/subnets",
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of())));
  }

  @SuppressWarnings("unchecked") // a payload is of its own class
  private static <T> Golden<T> golden(String name, T payload) {
    return new Golden<>(name, payload, new Wire.Body<>((Class<T>) payload.getClass()));
  }
}
