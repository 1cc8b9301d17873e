package io.terrarium.registry.module;

import io.terrarium.registry.access.Namespace;

/// What a module is called by who uses it, without the host.
record ModuleAddress(Namespace namespace, String name, String provider) {
  @Override
  public String toString() {
    return namespace.name() + "/" + name + "/" + provider;
  }
}
