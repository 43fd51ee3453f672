/// What is generated from the model of the command line: man pages and the completions of shells.
@NullMarked
package dev.stanch.cli.manual;

import org.jspecify.annotations.NullMarked;
