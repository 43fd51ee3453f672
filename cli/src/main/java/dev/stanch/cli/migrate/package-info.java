/// Turns the set-up of another scanner into ours.
@NullMarked
package dev.stanch.cli.migrate;

import org.jspecify.annotations.NullMarked;
