/// What a provider implements: verifiers, revokers, rotators, sinks.
@NullMarked
package dev.stanch.revokers.spi;

import org.jspecify.annotations.NullMarked;
