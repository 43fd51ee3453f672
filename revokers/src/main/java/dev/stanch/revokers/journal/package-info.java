/// What was meant, done and proven: durable, chained, shared by processes, free of tokens.
@NullMarked
package dev.stanch.revokers.journal;

import org.jspecify.annotations.NullMarked;
