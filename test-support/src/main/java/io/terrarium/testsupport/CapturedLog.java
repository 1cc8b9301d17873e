package io.terrarium.testsupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What is logged here until this is closed, as the lines that a service would write.
public final class CapturedLog implements AutoCloseable {
  private final Logger logger;
  private final Level before;
  private final Lines appender;

  private CapturedLog(Logger logger, Encoder<ILoggingEvent> encoder) {
    this.logger = logger;
    this.before = logger.getLevel();
    this.appender = new Lines(encoder);
  }

  /// @param logger whose events, and those of all below it, are captured from INFO on
  /// @param encoder makes lines of them, by the thread that logs
  public static CapturedLog of(String logger, Encoder<ILoggingEvent> encoder) {
    CapturedLog log = new CapturedLog((Logger) LoggerFactory.getLogger(logger), encoder);
    log.appender.start();
    log.logger.setLevel(Level.INFO);
    log.logger.setAdditive(false);
    log.logger.addAppender(log.appender);
    return log;
  }

  public List<String> lines() {
    return List.copyOf(appender.lines);
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(before);
    logger.setAdditive(true);
    appender.stop();
  }

  private static final class Lines extends AppenderBase<ILoggingEvent> {
    private final Encoder<ILoggingEvent> encoder;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Lines(Encoder<ILoggingEvent> encoder) {
      this.encoder = encoder;
    }

    @Override
    protected void append(ILoggingEvent event) {
      lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
    }
  }
}
