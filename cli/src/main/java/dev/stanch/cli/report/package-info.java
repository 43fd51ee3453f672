/// What a run found, as bytes: one writer per format, the same facts in each, never a token.
@NullMarked
package dev.stanch.cli.report;

import org.jspecify.annotations.NullMarked;
