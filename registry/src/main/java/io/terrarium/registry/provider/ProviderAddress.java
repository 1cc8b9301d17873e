package io.terrarium.registry.provider;

import io.terrarium.registry.access.Namespace;

/// What a provider is called by who uses it, without the host.
record ProviderAddress(Namespace namespace, String type) {}
