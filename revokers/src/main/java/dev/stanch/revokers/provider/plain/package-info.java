/// The providers that need no code: a descriptor each (docs/PROVIDER-FORMAT.md), read and done by
/// one interpreter.
@NullMarked
package dev.stanch.revokers.provider.plain;

import org.jspecify.annotations.NullMarked;
