package io.terrarium.kernel.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.terrarium.kernel.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// Writes each event as one JSON object on one line: what is said of every event first, then what
/// the event itself adds, then what is known of the work that it belongs to. Named in
/// `logback.xml`.
public final class JsonLines extends EncoderBase<ILoggingEvent> {
  /// Who speaks where no service does: the command around them.
  private static final String COMMAND = "terrarium";

  private static final byte[] NOTHING = {};

  private final JsonFactory json = new JsonFactory();

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator out = json.createGenerator(line)) {
      out.writeStartObject();
      for (Map.Entry<String, Object> field : fields(event).entrySet()) {
        out.writeFieldName(field.getKey());
        write(out, field.getValue());
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static Map<String, Object> fields(ILoggingEvent event) {
    Map<String, String> scope = LogScope.fields();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("timestamp", Json.format(event.getInstant()));
    fields.put("level", event.getLevel().toString());
    fields.put("component", scope.getOrDefault(LogScope.COMPONENT, COMMAND));
    fields.put("logger", event.getLoggerName());
    fields.put("message", Objects.requireNonNullElse(event.getFormattedMessage(), ""));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        // A word of its own that is one of ours stays beside it.
        String name = fields.containsKey(pair.key) ? pair.key + "_" : pair.key;
        fields.put(name, shown(pair.value));
      }
    }
    scope.forEach(fields::putIfAbsent);
    if (event.getThrowableProxy() != null) {
      fields.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()).strip());
    }
    return fields;
  }

  private static Object shown(@Nullable Object value) {
    return value instanceof Number || value instanceof Boolean ? value : String.valueOf(value);
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case Boolean truth -> out.writeBoolean(truth);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Double number -> out.writeNumber(number);
      case Number number -> out.writeNumber(number.toString());
      default -> out.writeString(LogText.of(value.toString()));
    }
  }
}
