package io.terrarium.terrarium;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/// Where the log goes: JSON lines into the data directory, so that the terminal stays a person's.
final class Logs {
  private Logs() {}

  /// Sends the log of this process to `data`/log/terrarium.log.
  static void open(Path data) {
    Path directory = data.resolve("log");
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new MeshFault(
          "the data directory " + data + " cannot be written: " + e.getMessage(), e);
    }
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    URL configuration = Logs.class.getResource("/log-to-file.xml");
    if (configuration == null) {
      throw new IllegalStateException("log-to-file.xml is missing");
    }
    context.reset();
    context.putProperty("directory", directory.toString());
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    try {
      configurator.doConfigure(configuration);
    } catch (JoranException e) {
      throw new IllegalStateException("log-to-file.xml is wrong", e);
    }
  }
}
