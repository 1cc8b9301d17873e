package io.terrarium.atlas.ui.oauthclient;

import io.terrarium.core.oauthclient.ConnectPaths;
import io.terrarium.core.oauthclient.OauthClients;
import io.terrarium.core.oauthclient.OauthTokens;

/// What core knows of connections to Git hosts.
public record Connections(OauthClients clients, OauthTokens tokens, ConnectPaths connectPaths) {}
