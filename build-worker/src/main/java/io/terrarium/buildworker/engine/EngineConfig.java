package io.terrarium.buildworker.engine;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What all builds of a worker have in common.
///
/// @param runs holds a directory per build
/// @param temporary how the path of a directory per build begins, for what providers put aside
/// @param schemas keeps provider schemas between builds
/// @param router the internal listener, for archivist and for terraform itself
/// @param publicHost how configurations name this installation, such as `127.0.0.1:8443`
/// @param parallelism of terraform's walk, 0 for terraform's own
/// @param memoryMegabytes 0 for no limit
/// @param surroundings environment that is passed on to terraform
public record EngineConfig(
    Path runs,
    Path temporary,
    Path schemas,
    URI router,
    String publicHost,
    Optional<Path> pluginCache,
    Optional<Path> providerMirror,
    int parallelism,
    int memoryMegabytes,
    Map<String, String> surroundings) {}
