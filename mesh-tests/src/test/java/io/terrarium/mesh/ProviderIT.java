package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A big provider from a file-system mirror, which `TERRARIUM_TEST_PROVIDER_MIRROR` names.
class ProviderIT {
  private static final String BUCKETS =
      """
      terraform {
        required_providers {
          aws = {
            source = "hashicorp/aws"
          }
        }
      }

      provider "aws" {
        region                      = "us-east-1"
        access_key                  = "none"
        secret_key                  = "none"
        skip_credentials_validation = true
        skip_metadata_api_check     = true
        skip_region_validation      = true
        skip_requesting_account_id  = true
      }

      resource "aws_s3_bucket" "many" {
        count  = 200
        bucket = "terrarium-${count.index}"
      }
      """;

  @TempDir private static Path directory;
  private static @Nullable MeshFixture fixture;

  @BeforeAll
  static void start() {
    assumeTrue(
        MeshFixture.providerMirror().isPresent(),
        "TERRARIUM_TEST_PROVIDER_MIRROR names no mirror with hashicorp/aws");
    fixture = new MeshFixture(directory, false);
  }

  @AfterAll
  static void stop() {
    if (fixture != null) {
      fixture.close();
    }
  }

  @Test
  void plans_two_hundred_buckets_offline_and_hands_out_the_plan_as_json() {
    Site site = Objects.requireNonNull(fixture).site();
    site.organization("provider");
    String workspace = site.workspace("provider", "buckets");
    site.upload(workspace, Slugs.of("main.tf", BUCKETS));

    String run = site.queueRun(workspace, "{\"plan-only\":true}");

    site.awaitStatus(run, "planned_and_finished");
    assertThat(site.log(run, "plan")).contains("200 to add").endsWith("\u0003");
    ApiClient.Answer redirect = site.api().get("/api/v2/runs/" + run + "/plan/json-output");
    assertThat(redirect.status()).isEqualTo(307);
    String address = redirect.raw().headers().firstValue("Location").orElseThrow();
    assertThat(site.api().open(address).json().path("resource_changes")).hasSize(200);
  }
}
