package io.terrarium.core.run;

/// What one run may use at a worker, as the installation's settings say. CPUs 0 means no limit.
public record Capacity(int memoryMegabytes, int cpus) {}
