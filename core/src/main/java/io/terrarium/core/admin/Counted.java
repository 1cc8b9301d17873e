package io.terrarium.core.admin;

import io.terrarium.kernel.jsonapi.Paged;
import java.util.Map;

/// A page of a list, and how many things of the whole site are in which status.
public record Counted<T>(Paged<T> page, Map<String, Long> statusCounts) {}
