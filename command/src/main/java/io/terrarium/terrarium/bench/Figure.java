package io.terrarium.terrarium.bench;

import java.util.Locale;

/// Everything that the bench tells, in the order in which it does. The name in lower case is the
/// key in JSON.
enum Figure {
  BOOT_COLD_MS(Part.BOOT, "start on an empty data directory", "ms", Target.BELOW, 5_000),
  BOOT_WARM_MS(Part.BOOT, "start on used data", "ms", Target.BELOW, 5_000),
  RSS_IDLE_MB(Part.IDLE, "memory of all processes, idle", "MB", Target.BELOW, 400),
  IDLE_CPU_PERCENT(Part.IDLE, "processor time when idle, of one core", "%", Target.BELOW, 1),
  CREATE_TO_PLANNED_MS_P50(Part.RUNS, "a run, from creation to planned", "ms"),
  CREATE_TO_PLANNED_OVERHEAD_MS_P50(
      Part.RUNS, "  of that beyond terraform's own time", "ms", Target.BELOW, 150),
  BARE_PLAN_MS_P50(Part.RUNS, "  bare terraform, init and plan", "ms"),
  CONFIRM_TO_APPLIED_MS_P50(Part.RUNS, "a run, from confirmation to applied", "ms"),
  CONFIRM_TO_APPLIED_OVERHEAD_MS_P50(
      Part.RUNS, "  of that beyond terraform's own time", "ms", Target.BELOW, 150),
  BARE_APPLY_MS_P50(Part.RUNS, "  bare terraform, apply", "ms"),
  RSS_AFTER_MB(Part.RUNS, "memory of all processes, after the runs", "MB", Target.BELOW, 400),
  DISPATCH_50_RUNS_MS(
      Part.DISPATCH, "50 runs in 50 workspaces, all dispatched", "ms", Target.BELOW, 1_000),
  FINISH_50_RUNS_MS(Part.DISPATCH, "50 runs in 50 workspaces, all applied", "ms"),
  BARE_FINISH_50_RUNS_MS(Part.DISPATCH, "  bare terraform, one on each core", "ms"),
  GET_WORKSPACE_RPS(Part.API, "one workspace, requests a second", "/s", Target.ABOVE, 5_000),
  GET_WORKSPACE_LOADED_MS_P99(Part.API, "  p99 while that many ask", "ms"),
  GET_WORKSPACE_MS_P50(Part.API, "one workspace, p50", "ms"),
  GET_WORKSPACE_MS_P99(Part.API, "one workspace, p99", "ms"),
  GET_RUN_RPS(Part.API, "one run, requests a second", "/s"),
  GET_RUN_MS_P50(Part.API, "one run, p50", "ms"),
  GET_RUN_MS_P99(Part.API, "one run, p99", "ms"),
  LIST_20_WORKSPACES_RPS(Part.API, "20 workspaces, requests a second", "/s"),
  LIST_20_WORKSPACES_MS_P50(Part.API, "20 workspaces, p50", "ms"),
  LIST_20_WORKSPACES_MS_P99(Part.API, "20 workspaces, p99", "ms"),
  LIST_100_WORKSPACES_RPS(Part.API, "100 workspaces, requests a second", "/s"),
  LIST_100_WORKSPACES_MS_P50(Part.API, "100 workspaces, p50", "ms", Target.BELOW, 10),
  LIST_100_WORKSPACES_MS_P99(Part.API, "100 workspaces, p99", "ms"),
  LIST_100_INCLUDED_MS_P50(Part.API, "100 workspaces with what they include, p50", "ms"),
  RUN_LIST_100K_RUNS_MS_P99(
      Part.LIST, "20 of 100,000 runs, first and last page, p99", "ms", Target.BELOW, 10),
  RUN_LIST_100K_RUNS_FIRST_MS_P50(Part.LIST, "  first page, p50", "ms"),
  RUN_LIST_100K_RUNS_MIDDLE_MS_P50(Part.LIST, "  middle page, p50", "ms"),
  RUN_LIST_100K_RUNS_LAST_MS_P50(Part.LIST, "  last page, p50", "ms"),
  LOG_LAG_MS_P50(Part.LOGS, "a line of the log, from print to reader, p50", "ms"),
  LOG_LAG_MS_P99(
      Part.LOGS, "a line of the log, from print to reader, p99", "ms", Target.BELOW, 250),
  LOG_SHORT_POLL_MS_P50(Part.LOGS, "poll at the end of a short log, p50", "ms"),
  LOG_TAIL_POLL_MS_P50(Part.LOGS, "poll at the end of a log of 10 MB, p50", "ms"),
  ARCHIVIST_UP_MB_PER_S(Part.ARCHIVIST, "1 GB to archivist", "MB/s"),
  ARCHIVIST_DOWN_MB_PER_S(Part.ARCHIVIST, "1 GB from archivist", "MB/s"),
  ARCHIVIST_GROWTH_MB(
      Part.ARCHIVIST, "  most memory beyond what it was before", "MB", Target.BELOW, 64),
  BACKUP_MB_PER_S(Part.ARCHIVIST, "a backup with that 1 GB in it", "MB/s"),
  BACKUP_GROWTH_MB(
      Part.ARCHIVIST, "  most memory beyond what it was before", "MB", Target.BELOW, 64),
  PUSH_ACKNOWLEDGED_MS_P50(Part.PUSH, "a push, until it is acknowledged, p50", "ms"),
  PUSH_TO_RUN_MS_P50(Part.PUSH, "a push, until its run is created, p50", "ms"),
  PUSH_TO_RUN_MS_P99(Part.PUSH, "a push, until its run is created, p99", "ms"),
  WEBHOOK_ACKNOWLEDGED_MS_P50(
      Part.WEBHOOKS, "1,000 webhooks at once: each acknowledged, p50", "ms"),
  WEBHOOK_ACKNOWLEDGED_MS_P99(
      Part.WEBHOOKS, "1,000 webhooks at once: each acknowledged, p99", "ms"),
  WEBHOOK_BURST_ACKNOWLEDGED_MS(Part.WEBHOOKS, "  all acknowledged", "ms"),
  WEBHOOK_BURST_DONE_MS(Part.WEBHOOKS, "  all looked after, none lost", "ms"),
  MODULE_VERSIONS_MS_P50(Part.MODULES, "the versions of a module with 200 of them, p50", "ms"),
  MODULE_VERSIONS_MS_P99(Part.MODULES, "the versions of a module with 200 of them, p99", "ms"),
  MODULE_VERSIONS_QUERIES(Part.MODULES, "  queries of the registry for that", "", Target.BELOW, 2),
  INGRESS_S(Part.INGRESS, "a repository of 10,000 files, 200 MB, until its run", "s"),
  INGRESS_IDLE_MB(Part.INGRESS, "  memory of slug-ingress before", "MB"),
  INGRESS_GROWTH_MB(Part.INGRESS, "  most memory of it beyond that", "MB"),
  PAGE_SLOWEST_MS_P50(
      Part.PAGES, "the slowest page, until its first byte, p50", "ms", Target.BELOW, 10),
  PAGE_SLOWEST_MS_P99(Part.PAGES, "the slowest page, until its first byte, p99", "ms"),
  PAGE_LARGEST_KB(Part.PAGES, "the largest page", "KB", Target.BELOW, 100),
  PAGE_MOST_QUERIES(Part.PAGES, "most queries that a page sends", "", Target.BELOW, 20),
  SCREEN_LINE_MS_P50(Part.PAGES, "a line of the log, from print to browser, p50", "ms"),
  SCREEN_LINE_MS_P95(
      Part.PAGES, "a line of the log, from print to browser, p95", "ms", Target.BELOW, 250),
  SCREEN_LINE_MS_MAX(Part.PAGES, "a line of the log, from print to browser, most", "ms"),
  SCREEN_CPU_PERCENT(Part.PAGES, "  processor time meanwhile, of one core", "%"),
  WATCHED_LINE_MS_P50(Part.PAGES, "200 browsers on one run: a line, p50", "ms"),
  WATCHED_LINE_MS_P95(
      Part.PAGES, "200 browsers on one run: a line, p95", "ms", Target.BELOW, 1_000),
  WATCHED_LINE_MS_MAX(Part.PAGES, "200 browsers on one run: a line, most", "ms"),
  WATCHED_LINES(Part.PAGES, "  lines seen by all together, none missed", ""),
  WATCHED_APPLIED_MS_P50(Part.PAGES, "  applied, until a browser shows it, p50", "ms"),
  WATCHED_APPLIED_MS_MAX(Part.PAGES, "  applied, until all browsers show it", "ms"),
  WATCHED_FETCHES(Part.PAGES, "  pages, pieces and plans fetched", ""),
  WATCHED_FETCH_MS_P50(Part.PAGES, "  each of those, p50", "ms"),
  WATCHED_FETCH_MS_P95(Part.PAGES, "  each of those, p95", "ms"),
  WATCHED_CPU_PERCENT(Part.PAGES, "  processor time meanwhile, of one core", "%"),
  WATCHED_BEFORE_MB(Part.PAGES, "  memory of the mesh's own process before", "MB"),
  WATCHED_MOST_MB(Part.PAGES, "  most of it meanwhile", "MB"),
  WATCHED_HEAP_BEFORE_MB(Part.PAGES, "  heap before, with its garbage", "MB"),
  WATCHED_HEAP_MOST_MB(Part.PAGES, "  most of it meanwhile", "MB");

  private final Part part;
  private final String words;
  private final String unit;
  private final Target target;
  private final double limit;

  Figure(Part part, String words, String unit) {
    this(part, words, unit, Target.NONE, 0);
  }

  Figure(Part part, String words, String unit, Target target, double limit) {
    this.part = part;
    this.words = words;
    this.unit = unit;
    this.target = target;
    this.limit = limit;
  }

  Part part() {
    return part;
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String words() {
    return words;
  }

  String unit() {
    return unit;
  }

  /// What is asked of it and whether it holds; empty when nothing is asked.
  String verdict(double value) {
    if (target == Target.NONE) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%s %,.0f: %s",
        target == Target.BELOW ? "under" : "over",
        limit,
        target.isMet(value, limit) ? "met" : "missed");
  }
}
