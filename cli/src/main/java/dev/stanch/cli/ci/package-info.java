/// What a CI service tells of the job that runs, and how it is answered.
@NullMarked
package dev.stanch.cli.ci;

import org.jspecify.annotations.NullMarked;
