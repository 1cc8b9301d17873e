package io.terrarium.core.oauthclient;

import org.jdbi.v3.core.Handle;

/// Where people are told what became of a connection.
public interface ConnectionLines {
  void info(Handle db, OauthToken token, String message);

  /// @param suggestedAction what people can do about it
  void error(Handle db, OauthToken token, String message, String suggestedAction);
}
