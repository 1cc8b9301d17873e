package io.terrarium.operations.metrics;

import io.terrarium.kernel.probe.Probe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all sources know, asked side by side when somebody wants it: nobody is asked while nobody
/// watches. As in Terraform Enterprise an answer is up to five seconds old, so many who watch cost
/// no more than one; and what was known is told for fifteen seconds, so that a build which is over
/// between two scrapes is seen, and a service that is silent for a moment is not missed.
final class Gathering {
  private static final Logger log = LoggerFactory.getLogger(Gathering.class);
  private static final Duration FRESH = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofSeconds(15);

  /// Longer than a source may take.
  private static final Duration PATIENCE = Neighbour.PATIENCE.plusSeconds(1);

  private final Map<Source, Probe<Optional<Map<String, List<Sample>>>>> sources =
      new LinkedHashMap<>();
  private final Clock clock;
  private final Probe<List<Sample>> all = new Probe<>(this::look);
  private final Map<String, Held> held = new HashMap<>();
  private Set<String> silentBefore = Set.of();
  private volatile @Nullable Gathered last;

  private record Held(List<Sample> samples, Instant at) {}

  private record Gathered(List<Sample> samples, Instant at) {}

  Gathering(List<Source> sources, Clock clock) {
    this.clock = clock;
    sources.forEach(source -> this.sources.put(source, new Probe<>(() -> look(source))));
  }

  List<Sample> samples() {
    return fresh().orElseGet(this::awaited);
  }

  private Optional<List<Sample>> fresh() {
    return Optional.ofNullable(last)
        .filter(known -> isWithin(FRESH, known.at()))
        .map(Gathered::samples);
  }

  private List<Sample> awaited() {
    return all.begin()
        .within(PATIENCE.plusSeconds(1))
        .orElseThrow(() -> new IllegalStateException("metrics were not gathered in time"));
  }

  /// Who found nothing fresh may come just after somebody else has gathered.
  private synchronized List<Sample> look() {
    return fresh().orElseGet(this::gather);
  }

  private List<Sample> gather() {
    Instant now = clock.instant();
    Map<Source, Probe.Look<Optional<Map<String, List<Sample>>>>> looks = new LinkedHashMap<>();
    sources.forEach((source, probe) -> looks.put(source, probe.begin()));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Set<String> silent = new TreeSet<>();
    looks.forEach((source, look) -> {
      Optional<Map<String, List<Sample>>> found =
          look.within(Duration.ofNanos(deadline - System.nanoTime())).orElseGet(Optional::empty);
      found.ifPresentOrElse(
          told -> told.forEach((what, samples) -> held.put(what, new Held(samples, now))),
          () -> silent.add(source.name()));
    });
    held.values().removeIf(one -> !isWithin(KEPT, one.at()));
    tellOfChange(silent);
    List<Sample> samples = held.values().stream().flatMap(one -> one.samples().stream()).toList();
    last = new Gathered(samples, now);
    return samples;
  }

  /// Also false where the clock was set back.
  private boolean isWithin(Duration longest, Instant then) {
    Duration age = Duration.between(then, clock.instant());
    return !age.isNegative() && age.compareTo(longest) <= 0;
  }

  private Optional<Map<String, List<Sample>>> look(Source source) {
    try {
      return Optional.of(source.look());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (RuntimeException e) {
      log.atDebug().setCause(e).addKeyValue("source", source.name()).log("no metrics");
      return Optional.empty();
    }
  }

  private void tellOfChange(Set<String> silent) {
    if (!silent.equals(silentBefore)) {
      log.atWarn().addKeyValue("silent", silent).log("who tells no metrics has changed");
      silentBefore = silent;
    }
  }
}
