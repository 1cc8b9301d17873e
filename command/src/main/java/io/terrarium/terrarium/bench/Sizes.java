package io.terrarium.terrarium.bench;

/// How much of everything.
///
/// @param boots starts of each kind
/// @param runs runs one after another
/// @param bareRuns how often bare terraform does the same
/// @param rounds of fifty runs at once
/// @param atOnce runs of a round
/// @param listedRuns runs of the long list
/// @param loadMillis how long each load lasts that is measured
/// @param requests of one client that asks one after another
/// @param logLines lines of the log whose way is timed
/// @param logBytes size of the long log
/// @param objectBytes size of the object that goes through archivist
/// @param idleMillis how long the idle mesh is watched
/// @param git of what comes from Git
/// @param pages of what is looked at with a browser
record Sizes(
    int boots,
    int runs,
    int bareRuns,
    int rounds,
    int atOnce,
    int listedRuns,
    int loadMillis,
    int requests,
    int logLines,
    int logBytes,
    long objectBytes,
    int idleMillis,
    Git git,
    Pages pages) {
  /// @param pushes one after another
  /// @param deliveries of webhooks at once
  /// @param versions of the module
  /// @param files of the large repository
  /// @param fileBytes of each of them
  record Git(int pushes, int deliveries, int versions, int files, int fileBytes) {}

  /// @param runs in all of them
  /// @param rows of each other list
  /// @param requests of each page, one after another
  /// @param browsers that follow one run
  /// @param lines of its log
  record Pages(int workspaces, int runs, int rows, int requests, int browsers, int lines) {}

  static final int USUAL_RUNS = 100;

  static Sizes usual(int runs) {
    return new Sizes(
        5,
        runs,
        Math.min(runs, 20),
        3,
        50,
        100_000,
        5_000,
        1_000,
        100,
        10 << 20,
        1L << 30,
        20_000,
        new Git(100, 1_000, 200, 10_000, 20_000),
        new Pages(1_000, 10_000, 20, 200, 200, 300));
  }

  /// Enough to see that everything works; the figures mean nothing.
  static Sizes tiny(int runs) {
    return new Sizes(
        1,
        runs,
        1,
        1,
        2,
        200,
        100,
        20,
        5,
        100_000,
        1 << 20,
        500,
        new Git(2, 20, 3, 50, 200),
        new Pages(25, 100, 3, 2, 3, 10));
  }
}
