package io.terrarium.terrarium;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// A TCP port on the command line, 0 for any that is free.
final class PortNumber implements ITypeConverter<Integer> {
  private static final int MAX = 65_535;

  @Override
  public Integer convert(String value) {
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > MAX) {
      throw new TypeConversionException("'" + value + "' is no port: a number from 0 to " + MAX);
    }
    return Integer.valueOf(value);
  }
}
