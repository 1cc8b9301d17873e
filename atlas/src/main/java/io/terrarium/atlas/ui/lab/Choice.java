package io.terrarium.atlas.ui.lab;

/// One of the answers to a question.
///
/// @param value as the form sends it
public record Choice(String value, String label) {}
