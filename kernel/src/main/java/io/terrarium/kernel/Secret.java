package io.terrarium.kernel;

/// A value that must not be printed: it shows as `***` wherever it is turned into text.
public record Secret(String value) {
  @Override
  public String toString() {
    return "***";
  }
}
