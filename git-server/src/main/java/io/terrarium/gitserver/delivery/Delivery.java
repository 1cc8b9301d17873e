package io.terrarium.gitserver.delivery;

/// One call of a webhook that has not been answered well yet.
///
/// @param id by which the receiver knows one that it has had already
/// @param hook number of the webhook
/// @param event as the header names it
/// @param detail the same in Gitea's finer words
public record Delivery(String id, long hook, String event, String detail, String body) {}
