/// One class per command: its options and what it calls.
///
/// Commands that act on tokens have them in a `Gathered`: `SourceReader` opens and scans the
/// sources that a person names, `Rereading` the places that a report or a journal remembers, which
/// `PlaceFiles` finds on this machine.
@NullMarked
package dev.stanch.cli.command;

import org.jspecify.annotations.NullMarked;
