package io.terrarium.contracts.ingress;

import org.jspecify.annotations.Nullable;

/// A Git repository and how to get in.
///
/// @param url `https`, `http` or `ssh`; `git@host:path` is ssh too
/// @param login absent where anybody may read
public record GitRemote(String url, @Nullable GitLogin login) {}
