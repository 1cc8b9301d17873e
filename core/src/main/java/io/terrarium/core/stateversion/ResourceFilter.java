package io.terrarium.core.stateversion;

import java.util.Arrays;
import java.util.Optional;

/// Which resources of a workspace are asked for, in which order.
///
/// @param address a part of it; empty narrows nothing
public record ResourceFilter(Optional<String> address, Sort sort) {
  /// The order of the list, by its words in the API.
  public enum Sort {
    ADDRESS("", "r.address"),
    NAME("name:asc", "r.name, r.address"),
    NAME_DESCENDING("name:desc", "r.name DESC, r.address"),
    NAME_INDEX("nameIndex:asc", "r.name_index NULLS FIRST, r.address"),
    NAME_INDEX_DESCENDING("nameIndex:desc", "r.name_index DESC NULLS LAST, r.address"),
    PROVIDER("provider:asc", "r.provider, r.address"),
    PROVIDER_DESCENDING("provider:desc", "r.provider DESC, r.address"),
    PROVIDER_TYPE("providerType:asc", "r.type, r.address"),
    PROVIDER_TYPE_DESCENDING("providerType:desc", "r.type DESC, r.address"),
    MODULE("module:asc", "r.module, r.address"),
    MODULE_DESCENDING("module:desc", "r.module DESC, r.address"),
    UPDATED("updatedAt:asc", "r.updated_at, r.address"),
    UPDATED_DESCENDING("updatedAt:desc", "r.updated_at DESC, r.address");

    private final String wire;
    private final String sql;

    Sort(String wire, String sql) {
      this.wire = wire;
      this.sql = sql;
    }

    String sql() {
      return sql;
    }

    public static Optional<Sort> of(String wire) {
      return Arrays.stream(values()).filter(sort -> sort.wire.equals(wire)).findFirst();
    }
  }
}
