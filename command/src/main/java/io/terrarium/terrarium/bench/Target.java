package io.terrarium.terrarium.bench;

/// What a figure has to be.
enum Target {
  NONE,
  BELOW,
  ABOVE;

  boolean isMet(double value, double limit) {
    return switch (this) {
      case NONE -> true;
      case BELOW -> value < limit;
      case ABOVE -> value > limit;
    };
  }
}
