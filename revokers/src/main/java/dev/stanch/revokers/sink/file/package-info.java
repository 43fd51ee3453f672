/// Files as sinks: one value is replaced by another wherever it stands, and every other byte stays.
@NullMarked
package dev.stanch.revokers.sink.file;

import org.jspecify.annotations.NullMarked;
