/// Does what a plan says.
@NullMarked
package dev.stanch.revokers.run;

import org.jspecify.annotations.NullMarked;
