package io.terrarium.core.token;

import io.terrarium.kernel.Secret;

/// A new token and its clear text, which is nowhere else.
public record IssuedToken(Token token, Secret clear) {}
