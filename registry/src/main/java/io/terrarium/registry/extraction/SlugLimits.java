package io.terrarium.registry.extraction;

/// How much of a slug is read. Of what is no configuration, only the size counts.
///
/// @param packedBytes of the archive as it is stored
/// @param unpackedBytes of all that is in it
/// @param entries files, directories and links
/// @param configurationBytes of all files of the language together, which are held in memory
/// @param moduleBytes of those of one module, which are read together
/// @param readmeBytes of each README; a longer one is cut
/// @param readmesBytes of all of them together; what comes later is cut
/// @param declarations variables, outputs, resources, module calls and providers of all modules
/// @param needsCharacters of the module calls and providers, which are served for all versions at
///   once
/// @param modules the root and those below `modules/`
record SlugLimits(
    long packedBytes,
    long unpackedBytes,
    int entries,
    int configurationBytes,
    int moduleBytes,
    int readmeBytes,
    int readmesBytes,
    int declarations,
    int needsCharacters,
    int modules) {
  static final SlugLimits USUAL =
      new SlugLimits(
          100L << 20,
          1L << 30,
          100_000,
          8 << 20,
          1 << 20,
          256 << 10,
          2 << 20,
          20_000,
          256 << 10,
          200);
}
