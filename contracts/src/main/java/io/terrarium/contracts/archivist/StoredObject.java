package io.terrarium.contracts.archivist;

/// Archivist's answer to whoever wrote an object without a callback.
public record StoredObject(String objectId, long bytes, String sha256) {}
