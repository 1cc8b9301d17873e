package io.terrarium.registry.provider;

/// What a provider is called by who uses it, without the host.
record ProviderAddress(String namespace, String type) {}
