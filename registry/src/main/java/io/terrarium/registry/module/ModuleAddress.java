package io.terrarium.registry.module;

/// What a module is called by who uses it, without the host.
record ModuleAddress(String namespace, String name, String provider) {
  @Override
  public String toString() {
    return namespace + "/" + name + "/" + provider;
  }
}
