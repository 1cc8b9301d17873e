package io.terrarium.slugingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.contracts.ingress.GitCommit;
import io.terrarium.contracts.ingress.Ingested;
import io.terrarium.testsupport.GitRepository;
import io.terrarium.testsupport.GitServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same files packed by us, from Git's objects, and by the real go-slug, from a directory.
class GoSlugIT {
  private static final Path SOURCES = Path.of("/usr/share/gocode");
  private static final String PROGRAM =
      """
      package main

      import (
        "os"
        slug "github.com/hashicorp/go-slug"
      )

      func main() {
        if _, err := slug.Pack(os.Args[1], os.Stdout, false); err != nil {
          panic(err)
        }
      }
      """;
  private static final String RULES =
      """
      # a comment
      *.log
      !important.log
      build/
      /top-only.tf
      **/cache/**
      !**/cache/keep/
      docs/*.md
      file?.txt
      [xy]*.bin
      plain
      escaped\\*.tf
      a+b.tf
      (unclosed
      deep/*/inner
      !/
      """;

  @Test
  void come_to_the_same_entries(@TempDir Path directory) throws Exception {
    assumeTrue(GitServer.isInstalled(), "git is not installed");
    assumeTrue(
        Files.isDirectory(SOURCES.resolve("src/github.com/hashicorp/go-slug"))
            && Files.isExecutable(Path.of("/usr/bin/go")),
        "Debian's golang-go and golang-github-hashicorp-go-slug-dev are not installed");
    try (Lab lab = new Lab(directory.resolve("lab"), Map.of())) {
      GitRepository repository = lab.git().create("ignoring");
      fill(repository.commit("main", "files"));

      Slug ours = lab.slug(Lab.branch("main"), lab.git().url("ignoring"));

      Slug theirs = packedByGo(repository, directory);
      assertThat(ours.entries()).isNotEmpty().containsExactlyElementsOf(theirs.entries());
    }
  }

  private static void fill(GitRepository.Commit commit) {
    commit.file(".terraformignore", RULES);
    for (String path :
        new String[] {
          "a.log",
          "important.log",
          "sub/important.log",
          "sub/b.log",
          "build/x",
          "sub/build/y",
          "buildx",
          "top-only.tf",
          "sub/top-only.tf",
          "cache/a",
          "sub/cache/keep/b",
          "cache/keep/c",
          "docs/a.md",
          "docs/sub/b.md",
          "sub/docs/c.md",
          "file1.txt",
          "file12.txt",
          "x.bin",
          "z.bin",
          "plain",
          "other/plain/inside",
          "plain.tf",
          "escaped*.tf",
          "escapedx.tf",
          "a+b.tf",
          "aab.tf",
          "deep/one/inner",
          "deep/one/two/inner",
          ".terraform/providers/p",
          ".terraform/modules/m/main.tf",
          ".terraform.lock.hcl",
          "sub/.terraform/x",
          "modules/main.tf",
          "modules-b.tf",
          "modules.tf",
          "Zeta",
          "alpha",
          "\u00fcber.tf",
          ".gitignore"
        }) {
      commit.file(path, path);
    }
    commit.executable("bin/run", "#!/bin/sh").link("bin/link", "run").link("up", "modules/main.tf");
    commit.done();
  }

  private static Slug packedByGo(GitRepository repository, Path directory) throws Exception {
    Path checkout = directory.resolve("checkout");
    Path program = directory.resolve("main.go");
    Path slug = directory.resolve("slug.tar.gz");
    Files.writeString(program, PROGRAM);
    repository.git("worktree", "add", "-q", checkout.toString(), "main");
    Files.delete(checkout.resolve(".git"));
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/go", "run", program.toString(), checkout.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(slug.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "GO111MODULE", "off",
                "GOPATH", SOURCES.toString(),
                "GOCACHE", directory.resolve("cache").toString()));
    assertThat(builder.start().waitFor()).isZero();
    return new Slug(said(), Files.readAllBytes(slug));
  }

  private static Ingested said() {
    GitCommit nobody = new GitCommit("", null, "", "", "", Instant.EPOCH);
    return new Ingested(Ingested.VERSION, nobody, 0, 0);
  }
}
