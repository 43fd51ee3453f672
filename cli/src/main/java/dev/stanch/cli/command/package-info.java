/// One class per command: its options and what it calls.
@NullMarked
package dev.stanch.cli.command;

import org.jspecify.annotations.NullMarked;
