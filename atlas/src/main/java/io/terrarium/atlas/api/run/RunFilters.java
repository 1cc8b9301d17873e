package io.terrarium.atlas.api.run;

import io.terrarium.core.run.RunFilter;
import io.terrarium.core.run.RunStatus;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads how a list of runs is to be narrowed.
final class RunFilters {
  private static final String PAST_YEAR = "year";

  private RunFilters() {}

  static RunFilter ofWorkspace(Call call) {
    return new RunFilter(
        call.queryList("filter[status]"),
        Optional.empty(),
        call.queryList("filter[operation]"),
        call.queryList("filter[source]"),
        List.of(),
        false,
        Optional.empty(),
        Optional.empty(),
        text(call, "search[user]"),
        text(call, "search[commit]"),
        text(call, "search[basic]"));
  }

  /// Of the past year, unless another is asked for.
  static RunFilter ofOrganization(Call call, Instant now) {
    String timeframe = text(call, "filter[timeframe]").orElse(PAST_YEAR);
    Optional<LocalDate> year =
        timeframe.equals(PAST_YEAR)
            ? Optional.empty()
            : Optional.of(LocalDate.of(year(timeframe), 1, 1));
    Instant yearAgo = now.atZone(ZoneOffset.UTC).minusYears(1).toInstant();
    return new RunFilter(
        call.queryList("filter[status]"),
        text(call, "filter[status_group]").map(RunFilters::group),
        call.queryList("filter[operation]"),
        call.queryList("filter[source]"),
        call.queryList("filter[workspace_names]"),
        !call.queryList("filter[agent_pool_names]").isEmpty(),
        Optional.of(year.map(RunFilters::begin).orElse(yearAgo)),
        year.map(first -> begin(first.plusYears(1))),
        text(call, "search[user]"),
        text(call, "search[commit]"),
        text(call, "search[basic]"));
  }

  private static Instant begin(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static int year(String text) {
    if (!text.matches("\\d{4}")) {
      throw new Fault.BadRequest("filter[timeframe] must be \"year\" or a year such as 2026.");
    }
    return Integer.parseInt(text);
  }

  private static RunStatus.Group group(String text) {
    return Arrays.stream(RunStatus.Group.values())
        .filter(group -> group.wire().equals(text))
        .findFirst()
        .orElseThrow(() ->
            new Fault.BadRequest(
                "filter[status_group] must be one of "
                    + Arrays.stream(RunStatus.Group.values())
                        .map(RunStatus.Group::wire)
                        .collect(Collectors.joining(", "))
                    + "."));
  }

  private static Optional<String> text(Call call, String name) {
    return call.query(name).filter(value -> !value.isBlank());
  }
}
