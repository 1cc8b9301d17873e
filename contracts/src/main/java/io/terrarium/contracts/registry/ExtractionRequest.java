package io.terrarium.contracts.registry;

import io.terrarium.contracts.id.ModuleVersionId;

/// The registry API passes a version that it has saved on to the worker. Only a nudge: the worker
/// finds what is unfinished by itself.
public record ExtractionRequest(int v, ModuleVersionId moduleVersionId) {
  public static final int VERSION = 1;
}
