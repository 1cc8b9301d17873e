package io.terrarium.core.stateversion;

/// A state that is safe in the object store.
///
/// @param objectId its key there
public record ObjectFacts(String objectId, long bytes, String md5) {}
