package io.terrarium.embedded;

import java.nio.file.Path;

/// Where the router listens, and the PEM files of its public name. Port 0 takes any that is free.
public record RouterConfig(
    int httpsPort, int httpPort, int internalPort, Path certificate, Path certificateKey) {}
