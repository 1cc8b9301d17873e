package io.terrarium.contracts.ingress;

/// The slug is stored; archivist has told atlas so.
///
/// @param files in the slug
/// @param slugBytes of it as stored, compressed
public record Ingested(int v, GitCommit commit, int files, long slugBytes) {
  public static final int VERSION = 1;
}
