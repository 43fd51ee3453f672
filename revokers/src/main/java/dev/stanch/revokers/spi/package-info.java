/// What a provider implements: verifiers, revokers, rotators, sinks.
package dev.stanch.revokers.spi;
