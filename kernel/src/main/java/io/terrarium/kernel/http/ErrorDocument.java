package io.terrarium.kernel.http;

import java.util.List;

/// The body of every answer that is an error.
record ErrorDocument(List<JsonError> errors) {}
