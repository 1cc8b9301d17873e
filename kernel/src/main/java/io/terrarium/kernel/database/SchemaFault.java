package io.terrarium.kernel.database;

/// The schema is not of the version that this program was built for.
public final class SchemaFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaFault(String schema, Throwable cause) {
    super(
        "the schema "
            + schema
            + " is not of this program's version; run the migrations of the same version first: "
            + cause.getMessage(),
        cause);
  }
}
