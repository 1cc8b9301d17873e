package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// A configuration of one file, for the mesh and for bare terraform alike.
record Configuration(String file, String text) {
  /// One resource that needs no provider, and that each run changes.
  static final Configuration CHANGING =
      new Configuration(
          """
          resource "terraform_data" "changing" {
            input = timestamp()
          }
          """);

  Configuration(String text) {
    this("main.tf", text);
  }

  /// What the scripted engine plays.
  static Configuration script(String text) {
    return new Configuration("terrarium-script.json", text);
  }

  /// A resource whose making runs a command of the shell.
  static Configuration running(String command) {
    return new Configuration(
        """
        resource "terraform_data" "printing" {
          provisioner "local-exec" {
            command = "%s"
          }
        }
        """
            .formatted(command));
  }

  /// As clients upload it.
  byte[] slug() {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      TarArchiveEntry entry = new TarArchiveEntry(file);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new IllegalStateException("memory can always be written", e);
    }
    return bytes.toByteArray();
  }

  void writeTo(Path directory) {
    try {
      Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new MeshFault(directory + " cannot be written: " + e.getMessage(), e);
    }
  }
}
