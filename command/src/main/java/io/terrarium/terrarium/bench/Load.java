package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;

/// One request again and again: by one client that waits for each answer, and by several that keep
/// the mesh busy.
final class Load {
  private static final int CLIENTS = 16;
  private static final int ROUNDS = 3;

  private final Stage stage;
  private final byte[] request;

  Load(Stage stage, String path) {
    this.stage = stage;
    request = stage.site().get(path);
  }

  /// Answers a second of several clients, the median of some rounds, and how long these waited.
  record Busy(double perSecond, Series millis) {}

  /// The milliseconds of each answer, for one client, when the mesh is warm.
  Series alone() {
    ask(stage.sizes().requests() / 2);
    return ask(stage.sizes().requests());
  }

  private Series ask(int count) {
    Series millis = new Series();
    Wire wire = stage.site().wire();
    for (int i = 0; i < count; i++) {
      one(wire, millis);
    }
    return millis;
  }

  Busy busy() {
    round();
    Series perSecond = new Series();
    Series millis = new Series();
    for (int i = 0; i < ROUNDS; i++) {
      Busy round = round();
      perSecond.add(round.perSecond());
      millis.addAll(round.millis());
    }
    return new Busy(perSecond.median(), millis);
  }

  private Busy round() {
    Series all = new Series();
    long begin = System.nanoTime();
    long end = begin + stage.sizes().loadMillis() * 1_000_000L;
    Crowd.act(
        CLIENTS,
        _ -> {
          Series millis = new Series();
          try (Site client = stage.site().another()) {
            while (System.nanoTime() < end) {
              one(client.wire(), millis);
            }
          }
          synchronized (all) {
            all.addAll(millis);
          }
        });
    return new Busy(all.size() * 1e9 / (System.nanoTime() - begin), all);
  }

  private void one(Wire wire, Series millis) {
    long begin = System.nanoTime();
    Wire.Answer answer = wire.send(request);
    millis.addSince(begin);
    if (answer.status() != 200) {
      throw new MeshFault("the mesh answers with " + answer.status() + ": " + answer.text());
    }
  }
}
