package io.terrarium.kernel.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/// Spans of any service to what collects them over OTLP, in batches and in nobody's way; they are
/// lost when the collector is away for long.
public final class SpanExport implements AutoCloseable {
  private static final String SCOPE = "terrarium";
  private static final ScopedValue<TraceContext> PLACE = ScopedValue.newInstance();

  private final OpenTelemetrySdk sdk;
  private final SpanProcessor processor;
  private final Resource resource;
  private final Map<String, SdkTracerProvider> services = new ConcurrentHashMap<>();

  private SpanExport(Map<String, String> properties) {
    AtomicReference<SpanProcessor> exporting = new AtomicReference<>(SpanProcessor.composite());
    AtomicReference<Resource> given = new AtomicReference<>(Resource.empty());
    sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .addPropertiesCustomizer(_ -> properties)
            .addSpanProcessorCustomizer((made, _) -> {
              exporting.set(made);
              return made;
            })
            .addResourceCustomizer((made, _) -> {
              given.set(made);
              return made;
            })
            .build()
            .getOpenTelemetrySdk();
    processor = exporting.get();
    resource = given.get();
  }

  /// As OpenTelemetry's own variables say; empty when they name no OTLP endpoint, or switch it off.
  ///
  /// @param variables `OTEL_…`
  public static Optional<SpanExport> of(Map<String, String> variables) {
    boolean hasEndpoint =
        variables.containsKey("OTEL_EXPORTER_OTLP_ENDPOINT")
            || variables.containsKey("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
    boolean isOff =
        Boolean.parseBoolean(variables.get("OTEL_SDK_DISABLED"))
            || !variables.getOrDefault("OTEL_TRACES_EXPORTER", "otlp").contains("otlp");
    if (!hasEndpoint || isOff) {
      return Optional.empty();
    }
    Map<String, String> properties = new HashMap<>();
    variables.forEach(
        (name, value) -> properties.put(name.toLowerCase(Locale.ROOT).replace('_', '.'), value));
    properties.put("otel.metrics.exporter", "none");
    properties.put("otel.logs.exporter", "none");
    return Optional.of(new SpanExport(properties));
  }

  /// Queues a span; never waits.
  public void add(FinishedSpan finished) {
    SpanBuilder builder =
        services
            .computeIfAbsent(finished.service(), this::provider)
            .get(SCOPE)
            .spanBuilder(finished.name())
            .setStartTimestamp(finished.start())
            .setSpanKind(finished.isMessage() ? SpanKind.CONSUMER : SpanKind.SERVER);
    finished
        .parent()
        .ifPresentOrElse(
            parent -> builder.setParent(Context.root().with(Span.wrap(context(parent)))),
            builder::setNoParent);
    finished.cause().ifPresent(cause -> builder.addLink(context(cause)));
    finished.attributes().forEach(builder::setAttribute);
    Span span = ScopedValue.where(PLACE, finished.own()).call(builder::startSpan);
    finished.error().ifPresent(error -> span.setStatus(StatusCode.ERROR, error));
    span.end(finished.end());
  }

  private SdkTracerProvider provider(String service) {
    Attributes name = Attributes.of(AttributeKey.stringKey("service.name"), service);
    return SdkTracerProvider.builder()
        .setResource(resource.merge(Resource.create(name)))
        .setIdGenerator(new GivenIds())
        .addSpanProcessor(processor)
        .build();
  }

  private static SpanContext context(TraceContext place) {
    return SpanContext.createFromRemoteParent(
        place.traceId(), place.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  /// The ids are known before the span is made.
  private static final class GivenIds implements IdGenerator {
    @Override
    public String generateSpanId() {
      return PLACE.get().spanId();
    }

    @Override
    public String generateTraceId() {
      return PLACE.get().traceId();
    }
  }

  /// Sends what is queued first, for some seconds at most.
  @Override
  public void close() {
    sdk.close();
  }
}
