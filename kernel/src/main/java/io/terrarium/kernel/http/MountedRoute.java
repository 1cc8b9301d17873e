package io.terrarium.kernel.http;

/// One route of a service, as it was mounted.
public record MountedRoute(String method, String path) {}
