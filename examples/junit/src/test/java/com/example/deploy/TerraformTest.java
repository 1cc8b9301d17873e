package com.example.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testkit.Terrarium;
import io.terrarium.testkit.TerrariumTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real terraform, here and in the run. */
@TerrariumTest
class TerraformTest {
  private static final String CONFIGURATION =
      """
      terraform {
        cloud {
          workspaces {
            name = "greeting"
          }
        }
      }
      resource "terraform_data" "greeting" {
        input = "hello"
      }
      output "greeting" {
        value = terraform_data.greeting.output
      }
      """;

  @TempDir private Path directory;

  @Test
  void a_configuration_is_applied_in_a_run(Terrarium terrarium) throws Exception {
    Files.writeString(directory.resolve("main.tf"), CONFIGURATION);

    terraform(terrarium, "init", "-no-color");
    String apply = terraform(terrarium, "apply", "-auto-approve", "-no-color");
    String greeting = terraform(terrarium, "output", "-raw", "greeting");

    assertThat(apply).contains("Running apply in", "Apply complete! Resources: 1 added");
    assertThat(greeting).isEqualTo("hello");
  }

  private String terraform(Terrarium terrarium, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("terraform"), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(terrarium.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
