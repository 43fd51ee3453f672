/// Stores that replacements are written to, one package each.
@NullMarked
package dev.stanch.revokers.sink;

import org.jspecify.annotations.NullMarked;
